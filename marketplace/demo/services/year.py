"""A year of larger purchases, so that sales have months and households' shares something to be of.

Made once, a purchase of each producer in each month; like the rest of past trade they are paid,
delivered and in the ledger, and touch no stock.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_UP, Decimal
from random import Random

from django.db import transaction
from django.utils import timezone

from catalog.origins.models import Region
from marketplace.demo import reading
from marketplace.demo.services.trade import NEWEST, address_of, write_past
from marketplace.months import months_between, next_month
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord

YEAR = r"^YS[0-9]{8}-G[0-9]{4}$"
MONTHS = 11
ON_THE_EIGHTH = 8
KINDS_AT_ONCE = 2


@transaction.atomic
def load_year(*, today: date) -> int:
    """How many there are."""
    purchases = Order.objects.filter(number__regex=YEAR)
    if not purchases.exists():
        shelves = shelves_by_key()
        streets = list(Region.objects.with_parents().filter(parent="110108").order_by("code"))
        number = 0
        for month in months_of_year(today):
            for key, shelf in shelves.items():
                number += 1
                buy(number, month, reading.read("assistance")["year"], key, shelf, streets, today)
    return purchases.count()


def months_of_year(today: date) -> list[date]:
    """Those whose purchase has been delivered."""
    last = (today - timedelta(days=NEWEST + ON_THE_EIGHTH - 1)).replace(day=1)
    first = last
    for _month in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return list(months_between(first, next_month(last)))


def shelves_by_key() -> dict[str, list[StockRecord]]:
    """Two packs of each producer that are kept at one temperature."""
    slugs = {row["slug"]: row["key"] for row in reading.cooperatives()}
    records = StockRecord.objects.select_related("product__parent", "partner__cooperative")
    found: dict[str, list[StockRecord]] = {}
    for record in records.filter(
        product__parent__isnull=False, partner__cooperative__slug__in=slugs
    ).order_by("partner_sku"):
        shelf = found.setdefault(slugs[record.partner.cooperative.slug], [])
        kept_alike = not shelf or shelf[0].product.parent.storage == record.product.parent.storage
        if kept_alike and len(shelf) < KINDS_AT_ONCE:
            shelf.append(record)
    return found


def buy(
    number: int,
    month: date,
    texts: dict,
    key: str,
    shelf: list[StockRecord],
    streets: list[Region],
    today: date,
) -> None:
    chance = Random(number)  # noqa: S311
    day = month.replace(day=ON_THE_EIGHTH)
    at = timezone.make_aware(datetime.combine(day, time(9, 30)))
    yuan = Decimal(texts["monthly"][key] * texts["weights"][month.month - 1]) / len(shelf)
    packs = [int((yuan / record.price).to_integral_value(ROUND_UP)) for record in shelf]
    write_past(
        name=f"YS{day:%Y%m%d}-G{number:04}",
        at=at,
        wanted=list(zip(shelf, packs, strict=True)),
        address=address_of(chance, streets),
        today=today,
    )
