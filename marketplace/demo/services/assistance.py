"""Agreements of the demonstration, and what was paid under them until a month ago.

Each month's part of what the producer sold goes to the households, so that figures add up with
sales. Written at once and once; what is still to be decided goes through the services.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle, islice
from random import Random

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from catalog.assistance.models import (
    Agreement,
    AgreementFile,
    AgreementHousehold,
    Evidence,
    Mode,
    Record,
    RecordHousehold,
    RecordStep,
)
from catalog.households.models import Household
from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.demo.services.register import CLERK
from marketplace.demo.services.slips import shared_slip
from marketplace.demo.services.year import months_of_year
from marketplace.months import next_month
from marketplace.order.models import Line
from marketplace.payment.models import Payment

HANDED_IN, CONFIRMED, COUNTED = 3, 6, 10
# In a month so much of a long list is paid, at least.
LEAST = 0.7
SMALL = 10
Kind = RecordStep.Kind


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


def load_records(*, deals: list[Deal], today: date, left_out: set[tuple[str, str]]) -> int:
    """All that the county has confirmed. `left_out` are agreements, by producer and mode, whose
    last month is still to be decided."""
    months = counted_months(today)
    sold = sold_by_month()
    paid = []
    for month in months:
        for deal in deals:
            key = deal.text["cooperative"], deal.text["mode"]
            if month == months[-1] and key in left_out:
                continue
            amount = part_of(deal, month, sold)
            if amount:
                paid.append((deal, month, amount))
    write_records(paid)
    return len(paid)


def counted_months(today: date) -> list[date]:
    """Those whose figures are published already."""
    return [
        month for month in months_of_year(today) if next_month(month).replace(day=COUNTED) < today
    ]


def part_of(deal: Deal, month: date, sold: Mapping[tuple, Decimal]) -> Decimal:
    """In whole yuan, a yuan for each household at least; nothing where it is not the month."""
    months = deal.text.get("months")
    if months and month.month not in months:
        return Decimal(0)
    goods = deal.agreement.specialty_id
    key = (deal.agreement.cooperative_id, month)
    base = sold.get((*key, goods), 0) if goods else sold.get((*key, None), 0)
    amount = int(base * Decimal(str(deal.text["share"])))
    return Decimal(amount if amount >= len(deal.households) else 0)


def sold_by_month() -> dict[tuple, Decimal]:
    """By producer, month and specialty, and by producer and month with None."""
    lines = Line.objects.filter(order__payment__state=Payment.State.SUCCEEDED)
    rows = (
        lines.annotate(month=TruncMonth("order__payment__settled_at"))
        .order_by()
        .values_list("partner__cooperative", "month", "product__parent__specialty")
        .annotate(sum=Sum(F("line_price_incl_tax") - F("refunded")))
    )
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    for maker, month, specialty, amount in rows:
        for goods in (specialty, None):
            found[maker, month.date(), goods] += Decimal(amount)
    return found


def write_records(paid: list[tuple[Deal, date, Decimal]]) -> None:
    numbers: Counter[int] = Counter()
    records, households = [], []
    for deal, month, amount in paid:
        at = moment(next_month(month), HANDED_IN)
        numbers[at.year] += 1
        number = numbers[at.year]
        records.append(record_of(deal, month, amount, f"SY{at.year}-{number:06}"))
        households.append(paid_in(deal.households, Random(number)))  # noqa: S311
    Record.objects.bulk_create(records)
    RecordHousehold.objects.bulk_create(
        (
            RecordHousehold(record=record, household_id=key)
            for record, keys in zip(records, households, strict=True)
            for key in keys
        ),
        batch_size=1000,
    )
    slip = shared_slip()
    Evidence.objects.bulk_create(
        Evidence(record=record, file=slip, at=record.submitted_at) for record in records
    )
    RecordStep.objects.bulk_create(step for record in records for step in steps_of(record))


def record_of(deal: Deal, month: date, amount: Decimal, number: str) -> Record:
    last = next_month(month) - timedelta(days=1)
    return Record(
        number=number,
        agreement=deal.agreement,
        cooperative=deal.agreement.cooperative,
        state=Record.State.CONFIRMED,
        begins_on=month,
        ends_on=last,
        paid_on=last,
        amount=amount,
        slip=f"演示-{deal.text['cooperative']}-{deal.text['mode']}-{month:%Y%m}",
        submitted_at=moment(next_month(month), HANDED_IN),
        confirmed_at=moment(next_month(month), CONFIRMED),
    )


def steps_of(record: Record) -> list[RecordStep]:
    clerk = record.agreement.made_by
    return [
        RecordStep(record=record, kind=Kind.SUBMITTED, at=record.submitted_at),
        RecordStep(record=record, kind=Kind.CONFIRMED, at=record.confirmed_at, by=clerk),
    ]


def paid_in(households: list[int], chance: Random) -> list[int]:
    """All of a short list; of a long one some are not at work, or sell nothing, in a month."""
    if len(households) < SMALL:
        return households
    return chance.sample(households, chance.randint(int(len(households) * LEAST), len(households)))


def moment(month: date, day: int) -> datetime:
    return timezone.make_aware(datetime.combine(month.replace(day=day), time(10)))
