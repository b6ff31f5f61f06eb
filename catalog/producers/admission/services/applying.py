"""What the applicant does: write, add papers, hand in, withdraw."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.papers.models import Paper
from catalog.papers.services import Details, erase_paper, write_paper
from catalog.producers.admission.checks import check_complete
from catalog.producers.admission.models import Application, ApplicationPaper, ApplicationStep
from catalog.producers.admission.refusals import NotInHand
from catalog.producers.admission.services.steps import check_step, hold_application, move
from catalog.producers.admission.states import State
from marketplace.accounts.models import User

TEXTS = (
    "kind",
    "name",
    "short_name",
    "credit_code",
    "specialty",
    "summary",
    "benefit_text",
    "contact_name",
    "contact_mobile",
)
COLUMNS = (*TEXTS, "township", "county")


@transaction.atomic
def start_application(*, by: User, typed: Mapping[str, object], now: datetime) -> Application:
    """Keep a draft as typed. Whoever has one already goes on with that one."""
    draft, is_new = Application.objects.get_or_create(
        applicant=by, state=State.DRAFT, defaults={"since": now}
    )
    if is_new:
        ApplicationStep.objects.create(application=draft, state=State.DRAFT, at=now, by=by)
    return save_application(application_id=draft.pk, typed=typed)


@transaction.atomic
def save_application(*, application_id: int, typed: Mapping[str, object]) -> Application:
    """Keep what was typed, complete or not; the county is that of the township.

    Raises NotInHand.
    """
    application = hold_in_hand(application_id)
    for column in TEXTS:
        setattr(application, column, typed[column])
    application.township = typed["township"]
    application.county = application.township and application.township.parent
    application.save(update_fields=COLUMNS)
    return application


def hold_in_hand(application_id: int) -> Application:
    application = hold_application(application_id)
    if not application.is_in_hand:
        raise NotInHand
    return application


@transaction.atomic
def submit_application(*, application_id: int, by: User, now: datetime) -> Application:
    """Hand it in to the county. Raises ValidationError by field, StepRefused."""
    application = hold_application(application_id)
    check_step(application, to=State.SUBMITTED, by=by)
    check_complete(application, timezone.localdate(now))
    try:
        with transaction.atomic():
            return move(application, to=State.SUBMITTED, by=by, now=now)
    except IntegrityError as error:
        # Another of the same name was handed in at the same moment.
        taken = _("A business of this name is here already, or has applied.")
        raise ValidationError({"name": taken}) from error


@transaction.atomic
def withdraw_application(
    *, application_id: int, by: User, reason: str, now: datetime
) -> Application:
    """Take it back before it is open, for good. Raises StepRefused."""
    application = hold_application(application_id)
    check_step(application, to=State.WITHDRAWN, by=by)
    return move(application, to=State.WITHDRAWN, by=by, now=now, reason=reason)


@transaction.atomic
def add_paper(*, application_id: int, details: Details, file: ContentFile) -> Paper:
    """Add a paper. Raises NotInHand, ValidationError by field of Details."""
    application = hold_in_hand(application_id)
    paper = write_paper(details=details, held=application.papers.all(), file=file)
    ApplicationPaper.objects.create(application=application, paper=paper)
    return paper


@transaction.atomic
def remove_paper(*, application_id: int, paper_id: int) -> None:
    """Take a paper away; nothing when it is gone already. Raises NotInHand."""
    application = hold_in_hand(application_id)
    held = ApplicationPaper.objects.filter(application=application, paper_id=paper_id)
    link = held.select_related("paper").first()
    if link:
        link.delete()
        erase_paper(paper=link.paper)
