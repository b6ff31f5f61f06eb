"""Applications on their way, made by the market's own services, once."""

from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from catalog.origins.models import Region
from catalog.papers.models import Paper
from catalog.papers.services import Details
from catalog.producers.admission.services import (
    add_paper,
    begin_notice,
    load_counties,
    recommend_application,
    return_application,
    start_application,
    submit_application,
    write_objection,
)
from catalog.producers.admission.services.applying import TEXTS
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.uploads import read_paper

COUNTY, OPERATOR = "county@example.com", "operator@example.com"
# How many steps of the way lie behind each state.
REACHED = {"submitted": 1, "returned": 1, "recommended": 2, "notice": 3}
DAY = timedelta(days=1)


def load_applications(*, day: date) -> None:
    """Write those of whoever has none yet."""
    load_counties()
    morning = timezone.make_aware(datetime.combine(day, time(10)))
    for entry in reading.read("applications")["application"]:
        applicant = applicant_of(entry)
        if not applicant.applications.exists():
            bring_on(entry, applicant, morning - entry["days"] * DAY)


def applicant_of(entry: dict) -> User:
    """A demonstration account, or somebody who cannot sign in."""
    found = User.objects.filter(email=entry["applicant"]).first()
    if found:
        return found
    return User.objects.create_user(entry["applicant"], None, last_name=entry["person"])


def bring_on(entry: dict, applicant: User, at: datetime) -> None:
    """Take each step a day after the one before it, the last one at that moment."""
    steps = REACHED[entry["state"]]
    number = write_application(entry, applicant, at - steps * DAY)
    submit_application(application_id=number, by=applicant, now=at - (steps - 1) * DAY)
    officials = {user.email: user for user in User.objects.filter(email__in=[COUNTY, OPERATOR])}
    if entry["state"] == "returned":
        return_application(
            application_id=number, by=officials[COUNTY], reason=entry["reason"], now=at
        )
    if steps > 1:
        signed = at - (steps - 2) * DAY
        recommend_application(
            application_id=number,
            by=officials[COUNTY],
            signed_on=timezone.localdate(signed),
            sheet=sheet(),
            now=signed,
        )
    if steps > 2:
        begin_notice(application_id=number, by=officials[OPERATOR], reason="", now=at)
    if "objection" in entry:
        write_objection(
            application_id=number,
            words=entry["objection"],
            name="村民（虚构）",
            contact="villager@example.com",
            now=at + DAY,
        )


def write_application(entry: dict, applicant: User, at: datetime) -> int:
    town = Region.objects.select_related("parent").get(pk=entry["township"])
    typed = {name: entry.get(name, "") for name in TEXTS} | {"township": town}
    application = start_application(by=applicant, typed=typed, now=at)
    if not application.is_individual:
        details = Details(
            kind=Paper.Kind.BUSINESS_LICENCE,
            number=f"演示-SQ-{application.pk:03}",
            issuer=f"{town.parent.name}市场监督管理局（演示）",
            holder=application.name,
            valid_from=timezone.localdate(at) - 900 * DAY,
            valid_until=None,
        )
        add_paper(application_id=application.pk, details=details, file=sheet())
    return application.pk


def sheet() -> ContentFile:
    """A picture in place of a photographed paper."""
    with (reading.ART / "rows.webp").open("rb") as picture:
        return read_paper(ContentFile(picture.read(), name="sheet.webp"))
