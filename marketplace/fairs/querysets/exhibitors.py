"""Reading who applies for a fair and who shows at it."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Avg, Count, Exists, F, FloatField, OuterRef, Prefetch, Subquery
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

    def of_cooperative(self, cooperative: models.Model) -> Self:
        """Its applications as its own list shows them, the latest fair first."""
        rows = self.filter(cooperative=cooperative).select_related("fair__region")
        return rows.annotate(goods_number=Count("goods")).order_by("-fair__begins_on", "-pk")

    def for_own_page(self) -> Self:
        """What a cooperative reads of one application: goods with pictures, steps, booths."""
        steps = self._related("steps").objects.order_by("at", "pk")
        booths = self._related("allotments").objects.select_related("booth__zone").order_by("pk")
        return self.select_related("fair__region", "cooperative", "county").prefetch_related(
            self._goods(),
            Prefetch("steps", queryset=steps.select_related("by")),
            Prefetch("allotments", queryset=booths),
        )

    def for_office_page(self) -> Self:
        """The same for the organiser, with the marks and who gave them."""
        reviews = self._related("reviews").objects.select_related("reviewer").order_by("at", "pk")
        return self.for_own_page().scored().prefetch_related(Prefetch("reviews", queryset=reviews))

    def handed_in(self) -> Self:
        """Drafts are nobody's but the cooperative's."""
        return self.exclude(state="draft")

    def for_table(self) -> Self:
        """The organiser's list: the best first, what has no marks last."""
        rows = self.handed_in().scored().select_related("cooperative", "county")
        rows = rows.annotate(
            goods_number=Subquery(self._count_of("goods")),
            booth_number=self._booth_number(),
        )
        return rows.order_by(F("score").desc(nulls_last=True), "applied_at", "pk")

    def scored(self) -> Self:
        """Adds `score`, the mean of the reviewers' sums of four marks, and `marks_number`, how many
        reviewers gave marks. Marks of 20 are the best."""
        total = F("households") + F("recognition") + F("stock") + F("complaints")
        reviews = self._related("reviews").objects.filter(exhibitor=OuterRef("pk")).order_by()
        mean = reviews.values("exhibitor").annotate(mean=Avg(total, output_field=FloatField()))
        return self.annotate(
            score=Subquery(mean.values("mean")),
            marks_number=Coalesce(Subquery(self._count_of("reviews")), 0),
        )

    def next_of_reserve(self, county_id: str | None = None) -> Self:
        """Who moves up when a place gets free: the best score first, of that county or of all."""
        rows = self.filter(state="reserve", **({"county": county_id} if county_id else {}))
        rows = rows.scored().select_related("cooperative", "county")
        return rows.order_by(F("score").desc(nulls_last=True), "applied_at", "pk")

    def to_be_placed(self, now: datetime) -> Self:
        """Accepted, and without a booth now: a hold past its time is none."""
        in_force = self._related("allotments").objects.in_force(now)
        placed = Exists(in_force.filter(exhibitor=OuterRef("pk")))
        rows = self.filter(~placed, state="accepted").select_related("cooperative")
        return rows.order_by("cooperative__slug")

    def _goods(self) -> Prefetch:
        rows = self._related("goods").objects.prefetch_related("product__images")
        return Prefetch("goods", queryset=rows.order_by("product"))

    def _count_of(self, name: str) -> models.QuerySet:
        rows = self._related(name).objects.filter(exhibitor=OuterRef("pk")).order_by()
        return rows.values("exhibitor").annotate(n=Count("pk")).values("n")

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
