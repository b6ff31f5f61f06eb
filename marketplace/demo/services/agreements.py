"""Agreements of the demonstration, with their households."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import cycle, islice

from django.utils import timezone

from catalog.assistance.models import (
    Agreement,
    AgreementFile,
    AgreementHousehold,
    Mode,
)
from catalog.households.models import Household
from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.demo.services.register import CLERK
from marketplace.demo.services.slips import shared_slip
from marketplace.demo.services.year import months_of_year


@dataclass(frozen=True)
class Deal:
    """An agreement with its text and the keys of its households."""

    agreement: Agreement
    text: dict
    households: list[int]


def load_agreements(*, today: date) -> list[Deal]:
    """Those of the texts, once; their households take turns in each county."""
    months = months_of_year(today)
    if Agreement.objects.exists():
        return []
    makers = {row.slug: row for row in Cooperative.objects.select_related("county")}
    slugs = {row["key"]: row["slug"] for row in reading.cooperatives()}
    modes, turns = Mode.objects.in_bulk(field_name="code"), {}
    goods = {row.slug: row for row in Category.objects.specialties()}
    begins_on, made = date(months[0].year, 1, 1), moment(months[0], 2)
    deals = []
    for number, text in enumerate(reading.read("assistance")["agreement"], start=1):
        maker = makers[slugs[text["cooperative"]]]
        agreement = Agreement(
            number=f"XY{begins_on.year}-{number:04}",
            cooperative=maker,
            county=maker.county,
            mode=modes[text["mode"]],
            specialty=goods.get(text.get("goods")),
            begins_on=begins_on,
            ends_on=date(today.year, 12, 31),
            made_at=made,
            made_by=clerk_of(maker),
        )
        turn = turns.setdefault(maker.county_id, households_in_turn(maker.county_id))
        deals.append(Deal(agreement, text, list(islice(turn, text["households"]))))
    Agreement.objects.bulk_create(deal.agreement for deal in deals)
    AgreementHousehold.objects.bulk_create(
        AgreementHousehold(agreement=deal.agreement, household_id=key, position=position)
        for deal in deals
        for position, key in enumerate(deal.households, start=1)
    )
    scan = shared_slip()
    AgreementFile.objects.bulk_create(
        AgreementFile(agreement=deal.agreement, file=scan, at=made, by=deal.agreement.made_by)
        for deal in deals
    )
    return deals


def households_in_turn(county: str) -> Iterator[int]:
    return cycle(
        Household.objects.filter(county=county).order_by("pk").values_list("pk", flat=True)
    )


def clerk_of(maker: Cooperative) -> User | None:
    return User.objects.filter(email=CLERK, postings__region=maker.county).first()


def moment(month: date, day: int) -> datetime:
    return timezone.make_aware(datetime.combine(month.replace(day=day), time(10)))
