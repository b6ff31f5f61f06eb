"""Agreements, benefit records and batches as rows, without anybody entering them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from catalog.assistance.models import Agreement, Batch, Mode, Record, RecordHousehold
from catalog.households.models import Household
from catalog.households.sealing import seal
from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.months import start_of
from tests.factories.goods import CooperativeFactory

numbers = count(1)
LONG = {"begins_on": date(2020, 1, 1), "ends_on": date(2030, 12, 31)}


def households(number: int, county: str = "150125") -> list[Household]:
    keys = [next(numbers) for _ in range(number)]
    return Household.objects.bulk_create(
        Household(
            code=f"F{key:06}",
            county_id=county,
            name=seal(f"户主{key}"),
            id_number=seal(f"1501251990{key:08}"),
            id_digest=f"{key:064}",
            registered_at=timezone.now(),
        )
        for key in keys
    )


def agreement(
    cooperative: Cooperative | None = None,
    mode: str = "purchase",
    specialty: Category | None = None,
) -> Agreement:
    cooperative = cooperative or CooperativeFactory()
    kind, _ = Mode.objects.get_or_create(code=mode, defaults={"name": mode})
    return Agreement.objects.create(
        number=f"FX{next(numbers)}",
        cooperative=cooperative,
        county_id=cooperative.county_id,
        mode=kind,
        specialty=specialty,
        made_at=timezone.now(),
        **LONG,
    )


def record(
    paid: Agreement,
    to: Sequence[Household],
    amount: str | Decimal,
    day: date,
    confirmed_at: datetime | None = None,
) -> Record:
    """Confirmed on the day after it was paid, unless told otherwise."""
    number = next(numbers)
    moment = confirmed_at or start_of(day) + timedelta(days=1)
    made = Record.objects.create(
        number=f"FR{number}",
        agreement=paid,
        cooperative=paid.cooperative,
        state="confirmed",
        begins_on=day,
        ends_on=day,
        paid_on=day,
        amount=Decimal(amount),
        slip=f"{number}",
        submitted_at=moment,
        confirmed_at=moment,
    )
    RecordHousehold.objects.bulk_create(RecordHousehold(record=made, household=one) for one in to)
    return made


def counter(wrong: Record, at: datetime) -> Record:
    """A counter-record, confirmed then."""
    number = next(numbers)
    made = Record.objects.create(
        number=f"FR{number}",
        agreement=wrong.agreement,
        cooperative=wrong.cooperative,
        state="confirmed",
        begins_on=wrong.begins_on,
        ends_on=wrong.ends_on,
        paid_on=wrong.paid_on,
        amount=-wrong.amount,
        slip=wrong.slip,
        counters=wrong,
        submitted_at=at,
        confirmed_at=at,
    )
    wrong.is_countered = True
    wrong.save(update_fields=["is_countered"])
    return made


def batch(month: date, cutoff: datetime, **changes: object) -> Batch:
    """Being counted."""
    facts = {"number": f"{month:%Y-%m}-{next(numbers)}", "is_under_way": True} | changes
    return Batch.objects.create(month=month, cutoff=cutoff, begun_at=cutoff, **facts)


def operator(name: str = "operator") -> User:
    return User.objects.get_or_create(email=f"{name}@example.org")[0]
