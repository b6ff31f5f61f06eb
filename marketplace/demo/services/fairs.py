"""Three fairs: one coming, one on these days, one over; with their exhibitors and some visitors."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.demo.days import after
from marketplace.demo.services.visitors import load_visitors
from marketplace.fairs.models import (
    Allotment,
    Booth,
    CountyQuota,
    Exhibitor,
    ExhibitorProduct,
    ExhibitorStep,
    Fair,
    FairOrganisation,
    Organisation,
    Question,
    Review,
    Reviewer,
    Session,
    Zone,
)

PLAIN = (
    "name",
    "name_en",
    "theme",
    "theme_en",
    "state",
    "venue",
    "venue_en",
    "address",
    "address_en",
    "transport",
    "transport_en",
    "latitude",
    "longitude",
    "expected_visitors",
    "permit_number",
)
REVIEWERS = ("organiser@example.com", "approver@example.com")
HELD_FOR = timedelta(days=3)


def load_fairs(*, products: Mapping[int, Product], today: date) -> dict[str, Fair]:
    """Write the fairs that are missing; returns them by key. When the one that is on would be past,
    all three move to today, so that the demonstration always has a fair that is on."""
    fairs, stale = {}, is_stale(today)
    for row in reading.read("fairs")["fair"]:
        fair = Fair.objects.filter(name=row["name"]).first()
        if fair is None:
            fair = write_fair(row, products, today)
        elif stale:
            move(fair, row, today)
        fairs[row["key"]] = fair
    load_visitors(fairs=fairs, today=today)
    return fairs


def load_reviewers() -> None:
    """Those of the office score for every fair; they are written after the fairs are."""
    people = User.objects.filter(email__in=REVIEWERS).order_by("pk")
    names = [row["name"] for row in reading.read("fairs")["fair"]]
    for fair in Fair.objects.filter(name__in=names):
        for place, user in enumerate(people):
            Reviewer.objects.get_or_create(fair=fair, user=user)
            write_reviews(fair, user, place)


def write_reviews(fair: Fair, user: User, place: int) -> None:
    """Marks that differ a little from one application, and from one reviewer, to the next."""
    applied = Exhibitor.objects.filter(fair=fair).exclude(applied_at=None).order_by("pk")
    rows = [
        Review(
            exhibitor=exhibitor,
            reviewer=user,
            households=5 - (number + place) % 3,
            recognition=3 + number % 3,
            stock=5 - number % 2,
            complaints=5 - (number + place) % 5 // 4,
            at=exhibitor.applied_at + timedelta(days=place + 1),
        )
        for number, exhibitor in enumerate(applied)
    ]
    Review.objects.bulk_create(rows, ignore_conflicts=True)


def is_stale(today: date) -> bool:
    running = next(row for row in reading.read("fairs")["fair"] if row["state"] == "running")
    return not Fair.objects.filter(name=running["name"], ends_on__gte=today).exists()


def move(fair: Fair, row: Mapping, today: date) -> None:
    """Days, deadline and programme by as many days; the state is the text's again."""
    by = after(today, row["begins_in"]) - fair.begins_on
    for session in Session.objects.filter(fair=fair):
        session.begins_at += by
        session.ends_at += by
        session.save(update_fields=["begins_at", "ends_at"])
    fair.begins_on, fair.ends_on = fair.begins_on + by, fair.ends_on + by
    fair.call_closes_at, fair.state = fair.call_closes_at + by, row["state"]
    fair.save(update_fields=["begins_on", "ends_on", "call_closes_at", "state"])


def write_fair(row: Mapping, products: Mapping[int, Product], today: date) -> Fair:
    begins_on = after(today, row["begins_in"])
    fair = Fair.objects.create(
        **{field: row[field] for field in PLAIN},
        begins_on=begins_on,
        ends_on=after(today, row["ends_in"]),
        opens_at=time.fromisoformat(row["opens_at"]),
        closes_at=time.fromisoformat(row["closes_at"]),
        last_closes_at=time.fromisoformat(row["last_closes_at"]),
        call_closes_at=moment(after(today, row["call_closes_in"]), "18:00"),
        region_id=row["region"],
    )
    write_organisations(fair, row["organisations"])
    write_booths(fair, row)
    write_call(fair, row)
    for session in row["sessions"]:
        write_session(fair, session, after(begins_on, session["day"]))
    decided_at = moment(after(today, row["call_closes_in"] + 2), "10:00")
    for exhibitor in row["exhibitors"]:
        write_exhibitor(fair, exhibitor, products, decided_at)
    return fair


def write_organisations(fair: Fair, rows: list[Mapping]) -> None:
    for position, row in enumerate(rows):
        organisation, _new = Organisation.objects.get_or_create(
            name=row["name"], defaults={"name_en": row["name_en"]}
        )
        FairOrganisation.objects.create(
            fair=fair, organisation=organisation, role=row["role"], sort_order=position
        )


def write_booths(fair: Fair, row: Mapping) -> None:
    zones = {
        zone["code"]: Zone.objects.create(fair=fair, sort_order=position, **zone)
        for position, zone in enumerate(row["zones"])
    }
    for block in row["booths"]:
        for number in range(block["first"], block["first"] + block["count"]):
            Booth.objects.create(
                fair=fair,
                zone=zones[block["zone"]],
                number=f"{block['zone']}{number:02}",
                size=block["size"],
            )


def write_call(fair: Fair, row: Mapping) -> None:
    for quota in row["quotas"]:
        CountyQuota.objects.create(fair=fair, county_id=quota["county"], places=quota["places"])
    for position, question in enumerate(row["questions"]):
        choices = "\n".join(question["choices"])
        values = {**question, "choices": choices}
        Question.objects.create(fair=fair, sort_order=position, **values)


def write_session(fair: Fair, row: Mapping, day: date) -> None:
    same = {"kind", "title", "title_en", "place", "place_en", "capacity"}
    Session.objects.create(
        fair=fair,
        begins_at=moment(day, row["begins"]),
        ends_at=moment(day, row["ends"]),
        **{field: value for field, value in row.items() if field in same},
    )


def write_exhibitor(
    fair: Fair, row: Mapping, products: Mapping[int, Product], decided_at: datetime
) -> None:
    key = row["cooperative"]
    slug = next(each["slug"] for each in reading.cooperatives() if each["key"] == key)
    cooperative = Cooperative.objects.get(slug=slug)
    applied_at = decided_at - timedelta(days=9)
    exhibitor = Exhibitor.objects.create(
        fair=fair,
        cooperative=cooperative,
        county_id=cooperative.county_id,
        state=row["state"],
        answers=row.get("answers", {}),
        applied_at=applied_at,
        decided_at=decided_at,
        reason=row.get("reason", ""),
    )
    for number in row["goods"]:
        ExhibitorProduct.objects.create(exhibitor=exhibitor, product=products[number])
    for state, at in ((Exhibitor.State.APPLIED, applied_at), (row["state"], decided_at)):
        ExhibitorStep.objects.create(exhibitor=exhibitor, state=state, at=at)
    if row.get("booth"):
        Allotment.objects.create(
            fair=fair,
            booth=Booth.objects.get(fair=fair, number=row["booth"]),
            exhibitor=exhibitor,
            made_at=decided_at,
            held_until=decided_at + (HELD_FOR if row["confirmed"] else timedelta(days=60)),
            confirmed_at=decided_at + timedelta(days=1) if row["confirmed"] else None,
        )


def moment(day: date, clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
