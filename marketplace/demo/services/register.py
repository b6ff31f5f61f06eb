"""The register of the demonstration: households that cannot exist, in three counties."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from catalog.households.codes import draw_code
from catalog.households.id_numbers import check_digit
from catalog.households.models import Category, Household, RegisterStep, Standing
from catalog.households.sealing import digest, seal
from catalog.households.services import register_household
from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.demo import reading

BY_HAND = 2
FIRST_BIRTH, BETWEEN_BIRTHS = date(1948, 1, 1), timedelta(days=37)
CLERK = "county@example.com"


def load_register(*, day: date) -> int:
    """Once, the first of each county by the service; how many households there are."""
    if not Household.objects.exists():
        texts = reading.read("assistance")
        for code, count in texts["counties"].items():
            fill_county(Region.objects.get(code=code), count, day)
    return Household.objects.count()


def fill_county(county: Region, count: int, day: date) -> None:
    chance = Random(county.code)  # noqa: S311
    townships = list(county.children.order_by("code"))
    categories = in_turn(chance)
    now = timezone.make_aware(datetime.combine(day - timedelta(days=430), time(10)))
    people = [person_of(number, townships, chance) for number in range(count)]
    for person in people[:BY_HAND]:
        begins_on = begin_of(chance)
        about = {"category": next(categories), "begins_on": begins_on, "now": now}
        register_household(county=county, by=None, **person, **about)
    add_many(county, people[BY_HAND:], categories, chance, now)


def person_of(number: int, townships: list[Region], chance: Random) -> dict:
    texts = reading.read("assistance")
    township = townships[number % len(townships)]
    name = chance.choice(texts["surnames"]) + chance.choice(texts["given"]) + texts["mark"]
    body = f"{township.parent_id}{FIRST_BIRTH + BETWEEN_BIRTHS * number:%Y%m%d}000"
    return {
        "name": name,
        "id_number": body + check_digit(body),
        "phone": f"1380000{number:04}" if number % 5 else "",
        "address": f"{township.name}{texts['village']}{number % 9 + 1}组",
        "township": township,
    }


def begin_of(chance: Random) -> date:
    return date(chance.randint(2017, 2024), chance.randint(1, 12), 1)


def in_turn(chance: Random) -> Iterator[Category]:
    """As the texts weigh them, mixed."""
    rows = Category.objects.in_bulk(field_name="code")
    weights = reading.read("assistance")["categories"]
    hundred = [rows[code] for code, count in weights.items() for _each in range(count)]
    chance.shuffle(hundred)
    return cycle(hundred)


def add_many(
    county: Region,
    people: list[dict],
    categories: Iterator[Category],
    chance: Random,
    now: datetime,
) -> None:
    """What register_household writes, of all of them at once; every tenth has left its risk
    behind since."""
    clerk = User.objects.filter(email=CLERK, postings__region=county).first()
    households = Household.objects.bulk_create(
        Household(
            code=draw_code(),
            county=county,
            township=person["township"],
            id_digest=digest(person["id_number"]),
            registered_at=now,
            **{name: seal(person[name]) if person[name] else None for name in Household.SEALED},
        )
        for person in people
    )
    standings = []
    for number, household in enumerate(households):
        category, begins_on = next(categories), begin_of(chance)
        status = Standing.Status.ASSISTED
        if number % 10 == 0:
            settled_on = date(2025, 3, 1)
            standings.append(
                standing_of(household, category, status, begins_on, settled_on - timedelta(days=1))
            )
            status, begins_on = Standing.Status.SETTLED, settled_on
        standings.append(standing_of(household, category, status, begins_on))
    Standing.objects.bulk_create(standings)
    RegisterStep.objects.bulk_create(
        RegisterStep(household=household, kind=RegisterStep.Kind.REGISTERED, at=now, by=clerk)
        for household in households
    )


def standing_of(
    household: Household,
    category: Category,
    status: Standing.Status,
    begins_on: date,
    ends_on: date | None = None,
) -> Standing:
    return Standing(
        household=household,
        category=category,
        status=status,
        begins_on=begins_on,
        ends_on=ends_on,
    )
