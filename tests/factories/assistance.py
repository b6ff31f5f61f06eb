"""Agreements and benefit records at each point of their way."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from catalog.assistance.models import Agreement, Mode, Record
from catalog.assistance.services import (
    Terms,
    confirm_record,
    counter_record,
    make_agreement,
    return_record,
    submit_record,
)
from catalog.assistance.services.checks import Payment
from catalog.assistance.services.sold import Sold, SoldBetween
from catalog.households.models import Household
from catalog.households.services import erase_household
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from tests.factories.files import PDF
from tests.factories.goods import CooperativeFactory, specialty
from tests.factories.households import make_household

AT = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BEGINS, ENDS = date(2026, 1, 1), date(2026, 12, 31)


def sells(goods: str | Decimal, everything: str | Decimal | None = None) -> SoldBetween:
    """So much in whatever days; of all goods no more, unless told."""
    sold = Sold(Decimal(goods), Decimal(goods if everything is None else everything))
    return lambda begins_on, ends_on: sold


PLENTY = sells("1000000.00")
numbers = count(1)


def erased(household: Household) -> Household:
    erase_household(
        county=household.county, code=household.code, reason="登记有误", by=None, now=AT
    )
    household.refresh_from_db()
    return household


def mode_of(code: str = "purchase_contract", name: str = "订单收购") -> Mode:
    return Mode.objects.get_or_create(code=code, defaults={"name": name})[0]


def clerk_of_county(name: str = "county-clerk") -> User:
    return User.objects.get_or_create(email=f"{name}@example.org")[0]


def bookkeeper(name: str = "bookkeeper") -> User:
    return User.objects.get_or_create(email=f"{name}@example.org")[0]


def terms_of(cooperative: Cooperative, **changes) -> Terms:
    terms = Terms(cooperative, mode_of(), specialty(), BEGINS, ENDS, "按保底价收购")
    return terms._replace(**changes)


def agreement_of(
    cooperative: Cooperative | None = None,
    households: int | Iterable[Household] = 3,
    **changes,
) -> Agreement:
    """Of so many new households, or of these, on contract purchase of oats in 2026."""
    cooperative = cooperative or CooperativeFactory()
    if isinstance(households, int):
        households = [make_household(cooperative.county_id) for _ in range(households)]
    return make_agreement(
        county=Region.objects.get(pk=cooperative.county_id),
        terms=terms_of(cooperative, **changes),
        codes=[household.code for household in households],
        by=clerk_of_county(),
        now=AT,
    )


def payment_of(agreement: Agreement, **changes) -> Payment:
    """What a careful cooperative writes: October, to every household of the list."""
    payment = Payment(
        begins_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 31),
        paid_on=date(2026, 11, 5),
        amount=Decimal("1200.00"),
        slip=f"回单{next(numbers)}",
        positions=list(agreement.members.values_list("position", flat=True)),
    )
    return payment._replace(**changes)


def slip_photo() -> ContentFile:
    return ContentFile(PDF, name=f"slip-{next(numbers)}.pdf")


def record_of(
    agreement: Agreement | None = None,
    *,
    sold: SoldBetween = PLENTY,
    by: User | None = None,
    now: datetime = AT,
    **changes,
) -> Record:
    """Handed in; the changes are those of its payment."""
    agreement = agreement or agreement_of()
    return submit_record(
        agreement_id=agreement.pk,
        payment=payment_of(agreement, **changes),
        evidence=[slip_photo()],
        sold=sold,
        by=by or bookkeeper(),
        now=now,
    )


def confirmed(record: Record, now: datetime = AT) -> Record:
    return confirm_record(record_id=record.pk, sold=PLENTY, by=clerk_of_county(), now=now)


def returned(record: Record, reason: str = "回单看不清") -> Record:
    return return_record(record_id=record.pk, reason=reason, by=clerk_of_county(), now=AT)


def counter_of(record: Record, now: datetime = AT) -> Record:
    """Handed in against a confirmed record."""
    return counter_record(record_id=record.pk, reason="多付了", by=bookkeeper(), now=now)
