"""What was paid under the demonstration's agreements until its last counted month.

Each month's part of what the producer sold goes to the households, so that figures add up with
sales. Written at once and once; what is still to be decided goes through the services.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from catalog.assistance.models import Evidence, Record, RecordHousehold, RecordStep
from marketplace.demo.services.agreements import Deal, moment
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
