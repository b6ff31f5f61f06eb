"""Reading orders and their parcels."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Prefetch

from marketplace.order.states import IN_THE_HOUSE, State


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

    def for_receipt(self) -> Self:
        """What the receipt reads: parcels with makers, days, goods and lots, and refunds."""
        consignment = self.model._meta.get_field("consignments").related_model
        line = self.model._meta.get_field("lines").related_model
        makers = ("partner__cooperative__county", "partner__cooperative__township")
        origin = ("product__parent__county", "product__parent__township")
        return self.select_related("payment").prefetch_related(
            Prefetch("consignments", consignment.objects.select_related(*makers).order_by("pk")),
            Prefetch("consignments__lines", line.objects.select_related(*origin).order_by("pk")),
            "consignments__lines__lots__lot",
            "consignments__steps",
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


class ConsignmentQuerySet(models.QuerySet):
    def of_cooperative(self, cooperative_id: int) -> Self:
        """Parcels that it packs or has packed; what is not paid is none of its business yet."""
        own = self.filter(partner__cooperative=cooperative_id)
        return own.exclude(state__in=[State.AWAITING_PAYMENT, State.EXPIRED])

    def in_the_house(self) -> Self:
        """Still to be packed or to be sent."""
        return self.filter(state__in=IN_THE_HOUSE)

    def late_on(self, day: date) -> Self:
        """Should have left before that day."""
        return self.in_the_house().filter(dispatch_on__lt=day)

    def since(self, state: State, moment: datetime) -> Self:
        """In the state since that moment or before; the longest first."""
        reached = self.filter(state=state, steps__state=state, steps__at__lte=moment)
        return reached.order_by("steps__at", "pk")
