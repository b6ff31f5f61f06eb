"""Reading and taking stock."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Case, F, IntegerField, Min, Q, Value, When

from marketplace.partner.refusals import SaleLine

WAS_PRICE_RESTS_ON = timedelta(days=7)


class StockRecordQuerySet(models.QuerySet):
    def with_goods(self) -> Self:
        """With the pack, its parent and the shelf: all that decides whether it may be sold."""
        return self.select_related("product__parent", "partner")

    def takeable(self, lines: Iterable[SaleLine], day: date) -> Self:
        """The lines' records that still have the packs at the price that was agreed, of goods
        that may be sold that day."""
        conditions = (
            Q(
                pk=line.stockrecord.pk,
                price=line.stockrecord.price,
                num_in_stock__gte=F("num_allocated") + line.quantity,
            )
            for line in lines
        )
        return self.filter(
            reduce(or_, conditions),
            product__parent__sellable_from__lte=day,
            product__parent__sellable_until__gte=day,
        )

    def allocate(self, packs: Mapping[int, int]) -> int:
        """Allocate so many packs by key, in one UPDATE; the number of records changed."""
        return self.update(num_allocated=F("num_allocated") + number_by_key(packs))

    def release(self, packs: Mapping[int, int]) -> int:
        """Allocated packs become free."""
        return self.update(num_allocated=F("num_allocated") - number_by_key(packs))

    def consume(self, packs: Mapping[int, int]) -> int:
        """Allocated packs leave the shelf."""
        number = number_by_key(packs)
        return self.update(
            num_allocated=F("num_allocated") - number, num_in_stock=F("num_in_stock") - number
        )


def number_by_key(packs: Mapping[int, int]) -> Case | Value:
    if not packs:
        return Value(0)
    whens = [When(pk=key, then=Value(number)) for key, number in packs.items()]
    return Case(*whens, output_field=IntegerField())


class PricePaidQuerySet(models.QuerySet):
    def highest_was_price(self, stockrecord_id: int, now: datetime) -> Decimal | None:
        """The most that may be named as the earlier price of a pack; None when it never sold.

        The lowest price paid in the last seven days, else that of the last sale
        (明码标价和禁止价格欺诈规定 16).
        """
        paid = self.filter(stockrecord=stockrecord_id, at__lte=now)
        lately = paid.filter(at__gte=now - WAS_PRICE_RESTS_ON)
        lowest = lately.aggregate(lowest=Min("price"))["lowest"]
        if lowest is not None:
            return lowest
        return paid.order_by("-at", "-pk").values_list("price", flat=True).first()


class FeeRateQuerySet(models.QuerySet):
    def rates_on(self, day: date, shelf_ids: Iterable[int]) -> dict[int, Decimal]:
        """By the keys of shelves, what holds that day; those without a rate are left out."""
        begun = self.filter(begins_on__lte=day, shelf__in=shelf_ids).order_by("begins_on", "pk")
        return dict(begun.values_list("shelf", "rate"))
