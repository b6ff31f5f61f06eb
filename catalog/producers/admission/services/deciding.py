"""What a county and an operator decide; opening is marketplace.partner's."""

from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from catalog.producers.admission.models import AdmissionCounty, Application, Recommendation
from catalog.producers.admission.refusals import CountyNotListed
from catalog.producers.admission.services.steps import check_step, hold_application, move
from catalog.producers.admission.states import State
from marketplace.accounts.models import User


@transaction.atomic
def recommend_application(
    *, application_id: int, by: User, signed_on: date, sheet: ContentFile, now: datetime
) -> Application:
    """The county's word, with the day on the stamped sheet. Raises StepRefused, OwnApplication,
    CountyNotListed."""
    application = hold_application(application_id)
    check_step(application, to=State.RECOMMENDED, by=by)
    listed_county(application, timezone.localdate(now))
    word = Recommendation(
        application=application, county=application.county, by=by, signed_on=signed_on
    )
    word.sheet.save(sheet.name, sheet, save=False)
    word.save()
    return move(application, to=State.RECOMMENDED, by=by, now=now)


@transaction.atomic
def begin_notice(*, application_id: int, by: User, reason: str, now: datetime) -> Application:
    """Audited: it stands in public today, and then for as many whole days as its county's row
    says. Raises StepRefused, OwnApplication, CountyNotListed.
    """
    application = hold_application(application_id)
    check_step(application, to=State.NOTICE, by=by)
    today = timezone.localdate(now)
    days = listed_county(application, today).notice_days
    return move(
        application,
        to=State.NOTICE,
        by=by,
        now=now,
        reason=reason,
        notice_from=today,
        notice_until=today + timedelta(days=days),
    )


@transaction.atomic
def return_application(*, application_id: int, by: User, reason: str, now: datetime) -> Application:
    """Back to the applicant for correction; what was typed stays. Raises StepRefused,
    OwnApplication."""
    application = hold_application(application_id)
    check_step(application, to=State.RETURNED, by=by)
    return move(application, to=State.RETURNED, by=by, now=now, reason=reason)


@transaction.atomic
def reject_application(*, application_id: int, by: User, reason: str, now: datetime) -> Application:
    """Declined for good; the applicant may begin a new one. Raises StepRefused, OwnApplication."""
    application = hold_application(application_id)
    check_step(application, to=State.REJECTED, by=by)
    return move(application, to=State.REJECTED, by=by, now=now, reason=reason)


def listed_county(application: Application, day: date) -> AdmissionCounty:
    listed = AdmissionCounty.objects.in_force(day).filter(region=application.county_id).first()
    if listed is None:
        raise CountyNotListed
    return listed
