"""Reading orders."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Prefetch

from marketplace.order.states import State


class OrderQuerySet(models.QuerySet):
    def for_page(self) -> Self:
        """What the order page reads: parcels with lines, makers, pictures, newest step first."""
        consignment = self.model._meta.get_field("consignments").related_model
        step = consignment._meta.get_field("steps").related_model
        return self.select_related("shipping_address", "user", "payment").prefetch_related(
            Prefetch("consignments", consignment.objects.order_by("pk")),
            "consignments__partner__cooperative",
            Prefetch("consignments__steps", step.objects.order_by("-pk")),
            "consignments__lines__product__parent__images",
            "consignments__lines__product__parent__specialty",
            "consignments__lines__lots__lot",
            "discounts",
            "payment__refunds",
        )

    def for_list(self) -> Self:
        """What a list of one's own orders reads: parcels and the pictures of their goods."""
        consignment = self.model._meta.get_field("consignments").related_model
        line = self.model._meta.get_field("lines").related_model
        lines = line.objects.select_related("product__parent").order_by("pk")
        return self.prefetch_related(
            Prefetch("consignments", consignment.objects.order_by("pk")),
            Prefetch("lines", lines),
            "lines__product__parent__images",
        ).order_by("-date_placed", "-pk")

    def of_user(self, user_id: int) -> Self:
        return self.filter(user=user_id)

    def overdue(self, now: datetime) -> Self:
        """Unpaid, and their goods held for longer than was promised; oldest first."""
        waiting = self.filter(consignments__state=State.AWAITING_PAYMENT, held_until__lte=now)
        return waiting.distinct().order_by("held_until", "pk")

    def placed_from(self, *, token: str, basket_id: int | None) -> models.Model | None:
        """The order that this confirm page, or another one for the same basket, has made."""
        asked = self.filter(submission_token=token).first()
        if asked or basket_id is None:
            return asked
        return self.filter(basket=basket_id).first()
