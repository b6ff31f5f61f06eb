"""Opening a business: from an application in public notice to a shelf and its owner."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.producers.admission.models import Application
from catalog.producers.admission.refusals import NoticeRuns, ObjectionsOpen
from catalog.producers.admission.services.steps import check_step, hold_application, move
from catalog.producers.admission.states import State
from catalog.producers.models import Cooperative, CooperativePaper, Membership
from marketplace.accounts.models import User
from marketplace.partner.services import open_shelf
from marketplace.search.pinyin import slugify

LONGEST_SLUG = 40
# Addresses below /cooperatives/ that are no business's.
TAKEN_WORDS = ("notices",)


@transaction.atomic
def open_business(*, application_id: int, by: User, now: datetime) -> Cooperative:
    """Make the business, its shelf and its owner, and give it the papers that were handed in.

    After the last day of the notice, with every objection answered. Raises StepRefused,
    OwnApplication, NoticeRuns, ObjectionsOpen.
    """
    application = hold_application(application_id)
    check_step(application, to=State.OPEN, by=by)
    today = timezone.localdate(now)
    if application.notice_until >= today:
        raise NoticeRuns(application.notice_until)
    unanswered = application.objections.filter(answered_at=None).count()
    if unanswered:
        raise ObjectionsOpen(unanswered)
    cooperative = make_cooperative(application)
    open_shelf(cooperative=cooperative)
    Membership.objects.create(
        user_id=application.applicant_id,
        cooperative=cooperative,
        role=Membership.Role.OWNER,
        begins_on=today,
    )
    move(application, to=State.OPEN, by=by, now=now, cooperative=cooperative)
    return cooperative


def make_cooperative(application: Application) -> Cooperative:
    short = application.short_name or application.name
    cooperative = Cooperative.objects.create(
        slug=free_slug(short),
        name=application.name,
        short_name=short[:40],
        kind=application.kind,
        colour=application.specialty,
        township_id=application.township_id,
        county_id=application.county_id,
        summary=application.summary,
        benefit_text=application.benefit_text,
    )
    application.papers.update(holder=cooperative.name)
    CooperativePaper.objects.bulk_create(
        CooperativePaper(cooperative=cooperative, paper=paper) for paper in application.papers.all()
    )
    return cooperative


def free_slug(name: str) -> str:
    """The name in pinyin, with a number when another business has that address."""
    first = slugify(name)[:LONGEST_SLUG].strip("-") or "producer"
    taken = {*Cooperative.objects.filter(slug__startswith=first).values_list("slug", flat=True)}
    taken.update(TAKEN_WORDS)
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)
