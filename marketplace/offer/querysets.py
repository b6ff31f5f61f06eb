"""Reading offers."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q, Sum

from marketplace.voucher.models import Voucher

NO_LIMIT = Q(max_global_applications__isnull=True)


class OfferQuerySet(models.QuerySet):
    def site(self) -> Self:
        """Those for everybody."""
        return self.filter(offer_type=self.model.SITE)

    def running(self, now: datetime) -> Self:
        """Those that begin by now and end later; one that belongs to a voucher has its dates."""
        begun = Q(start_datetime__isnull=True) | Q(start_datetime__lte=now)
        return self.not_ended(now).filter(begun, status=self.model.OPEN)

    def not_ended(self, now: datetime) -> Self:
        return self.filter(Q(end_datetime__isnull=True) | Q(end_datetime__gt=now))

    def limited(self) -> Self:
        return self.exclude(NO_LIMIT)

    def with_uses_left(self) -> Self:
        return self.filter(NO_LIMIT | Q(num_applications__lt=F("max_global_applications")))

    def take(self, offer: models.Model) -> bool:
        """Count one use in one conditional UPDATE; False when the conditions fail."""
        if offer.max_global_applications is None:
            return True
        left = self.filter(pk=offer.pk).with_uses_left()
        return left.update(num_applications=F("num_applications") + 1) == 1

    def for_basket(self, voucher: Voucher | None, now: datetime) -> Self:
        """Those that may count now, in their turn: for everybody, and those of the voucher."""
        wanted = Q(offer_type=self.model.SITE)
        if voucher is not None:
            wanted |= Q(offer_type=self.model.VOUCHER, pk__in=voucher.offers.values("pk"))
        return (
            self.filter(wanted)
            .running(now)
            .with_uses_left()
            .with_terms()
            .order_by("-priority", "pk")
        )

    def with_terms(self) -> Self:
        """What the applicator and every list read of an offer, its goods apart."""
        return self.select_related("condition__range", "benefit__range", "cooperative")

    def for_table(self) -> Self:
        """Offers for everybody, the newest first, with `use_count` and `given` (yuan, or None)."""
        return (
            self.site()
            .with_terms()
            .annotate(use_count=Count("uses"), given=Sum("uses__amount"))
            .order_by("-pk")
        )
