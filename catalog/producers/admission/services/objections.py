"""What the public says against an application in notice, and what we answer."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.producers.admission.models import Application, Objection
from catalog.producers.admission.refusals import AlreadyAnswered, NoticeOver, TooManyObjections
from catalog.producers.admission.services.steps import hold_application
from marketplace.accounts.models import User
from marketplace.outbox.services import write_message

# A machine that fills in forms must not bury what people say.
MOST_IN_A_DAY = 50


@transaction.atomic
def write_objection(
    *, application_id: int, words: str, name: str, contact: str, now: datetime
) -> Objection:
    """Keep it as it was said; the same words from the same contact are one objection.

    Locked, so that nobody opens the business at the same moment. Raises NoticeOver,
    TooManyObjections.
    """
    application = hold_application(application_id)
    in_notice = Application.objects.in_notice(timezone.localdate(now))
    if not in_notice.filter(pk=application.pk).exists():
        raise NoticeOver
    said = Objection.objects.filter(application=application)
    same = said.filter(words=words, contact=contact).first()
    if same:
        return same
    if said.filter(at__gt=now - timedelta(days=1)).count() >= MOST_IN_A_DAY:
        raise TooManyObjections
    return Objection.objects.create(
        application=application, words=words, name=name, contact=contact, at=now
    )


@transaction.atomic
def answer_objection(*, objection_id: int, answer: str, by: User, now: datetime) -> None:
    """Answer once; whoever left an e-mail address gets it there. Raises AlreadyAnswered."""
    waiting = Objection.objects.filter(pk=objection_id, answered_at=None)
    if not waiting.update(answer=answer, answered_at=now, answered_by=by):
        raise AlreadyAnswered
    objection = Objection.objects.select_related("application").get(pk=objection_id)
    if is_mail(objection.contact):
        with override(settings.LANGUAGE_CODE):
            subject = _("Our answer to your objection: %(name)s")
            write_message(
                event=f"objection:{objection.pk}",
                recipient=objection.contact,
                subject=subject % {"name": objection.application.shown_name},
                body=render_to_string("mail/objection.txt", {"objection": objection}),
            )


def is_mail(contact: str) -> bool:
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True
