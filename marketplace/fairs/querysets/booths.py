"""Reading booths and who has them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q


class BoothQuerySet(models.QuerySet):
    def for_plan(self, now: datetime) -> Self:
        """Booths as a plan or a table shows them, by zone and number; `places` is a list of the
        allotment in force, if any, with its exhibitor's cooperative."""
        allotments = self.model._meta.get_field("allotments").related_model
        active = allotments.objects.in_force(now).select_related("exhibitor__cooperative")
        return (
            self.select_related("zone")
            .prefetch_related(Prefetch("allotments", queryset=active, to_attr="places"))
            .order_by("zone__sort_order", "zone__code", "number")
        )


class AllotmentQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Not released, were it held for too long."""
        return self.filter(released_at=None)

    def confirmed(self) -> Self:
        return self.active().filter(confirmed_at__isnull=False)

    def in_force(self, now: datetime) -> Self:
        """What takes a booth now: a hold past its time does not."""
        return self.active().filter(Q(confirmed_at__isnull=False) | Q(held_until__gt=now))

    def expired(self, now: datetime) -> Self:
        """Held, never confirmed, and past its time."""
        return self.active().filter(confirmed_at=None, held_until__lte=now)

    def with_names(self) -> Self:
        """What its sentences read: the fair, the booth and whose it is."""
        return self.select_related("fair", "booth", "exhibitor__cooperative", "exhibitor__fair")
