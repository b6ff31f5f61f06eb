"""Reading who applies for a fair and who shows at it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from catalog.models import Product
from catalog.querysets import on_shelf


class ExhibitorQuerySet(models.QuerySet):
    def on_show(self, fair: models.Model, day: date) -> Self:
        """The accepted ones of a fair as its public list shows them, by booth, then by name.

        All that a producer's card reads; `booth_number` (None until the booth is confirmed);
        `goods_count`, of the goods it brings those that are for sale that day; `stands`, a list of
        its confirmed allotment, if any, with booth and zone.
        """
        confirmed = self._related("allotments").objects.confirmed().select_related("booth__zone")
        return (
            self.filter(fair=fair, state="accepted")
            .select_related("cooperative__county", "cooperative__township", "county")
            .annotate(booth_number=self._booth_number(), goods_count=self._goods_count(day))
            .prefetch_related(Prefetch("allotments", queryset=confirmed, to_attr="stands"))
            .order_by(F("booth_number").asc(nulls_last=True), "cooperative__slug")
        )

    def with_goods(self, day: date) -> Self:
        """Adds `on_sale`: rows of the goods each brings that are for sale that day, each
        `.product` with all that its card reads."""
        brought = self._related("goods").objects.filter(on_shelf(day, "product__"))
        cards = Prefetch("product", queryset=Product.objects.for_cards())
        rows = brought.prefetch_related(cards).order_by("pk")
        return self.prefetch_related(Prefetch("goods", queryset=rows, to_attr="on_sale"))

    def in_zone(self, code: str) -> Self:
        """Those whose confirmed booth stands in the zone of that letter."""
        active = {
            "allotments__released_at__isnull": True,
            "allotments__confirmed_at__isnull": False,
        }
        return self.filter(allotments__booth__zone__code=code, **active)

    def _booth_number(self) -> Subquery:
        confirmed = self._related("allotments").objects.confirmed()
        mine = confirmed.filter(exhibitor=OuterRef("pk"))
        return Subquery(mine.values("booth__number")[:1])

    def _goods_count(self, day: date) -> Coalesce:
        brought = self._related("goods").objects.filter(on_shelf(day, "product__"))
        mine = brought.filter(exhibitor=OuterRef("pk")).order_by().values("exhibitor")
        return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)

    def _related(self, name: str) -> type[models.Model]:
        return self.model._meta.get_field(name).related_model
