"""Reading recalls and the orders that they concern."""

from typing import Self

from django.db import models
from django.db.models import Count, Prefetch, Q

from marketplace.order.models import Line, LineLot


class RecallQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        """Newest first, with the good, its maker, and how many orders are concerned and open."""
        return (
            self.select_related("lot__product__cooperative", "by")
            .annotate(
                orders=Count("notices"),
                open_orders=Count("notices", filter=Q(notices__done_at=None)),
            )
            .order_by("-at", "-pk")
        )

    def unsettled(self) -> Self:
        """Somebody who bought of the lot is still to be dealt with."""
        return self.filter(notices__done_at=None, notices__isnull=False).distinct()


class RecallNoticeQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        """Open ones first, with the buyer, the mail, and the lines that the lot went into."""
        of_lots = Prefetch("lots", LineLot.objects.order_by("pk"))
        lines = Line.objects.filter(lots__isnull=False).select_related("consignment").distinct()
        return (
            self.select_related("order__shipping_address", "order__user", "message", "done_by")
            .prefetch_related(
                Prefetch("order__lines", lines.order_by("pk").prefetch_related(of_lots))
            )
            .order_by(models.F("done_at").asc(nulls_first=True), "pk")
        )
