"""Reading baskets."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F, Q

OPEN = "Open"


class BasketQuerySet(models.QuerySet):
    def of_guests(self, guest_ids: Collection[int]) -> Self:
        """All baskets of guests, by the keys of their first ones."""
        return self.filter(Q(pk__in=guest_ids) | Q(continues__in=guest_ids), owner=None)

    def open_of(self, *, user_id: int | None, guest_ids: Collection[int]) -> Self:
        """The open baskets of a visitor, the user's own before those filled as a guest."""
        mine = self.of_guests(guest_ids)
        if user_id is not None:
            mine |= self.filter(owner=user_id)
        return mine.filter(status=OPEN).order_by(F("owner").asc(nulls_last=True), "pk")


class LineQuerySet(models.QuerySet):
    def to_order(self) -> Self:
        """Without what is saved for later."""
        return self.filter(saved=False)

    def for_sale_check(self) -> Self:
        """What decides whether the line may be sold, and from which shelf it comes."""
        return self.select_related("product__parent", "stockrecord__partner__cooperative")

    def for_page(self) -> Self:
        """What the basket and confirm pages read, in the order in which goods were added."""
        return (
            self.for_sale_check()
            .select_related(
                "product__parent__specialty",
                "stockrecord__partner__cooperative__county",
                "stockrecord__partner__cooperative__township",
            )
            .prefetch_related("product__parent__images", "product__parent__districts")
            .order_by("pk")
        )
