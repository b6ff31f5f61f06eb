"""Reading zones and what delivery to them costs."""

from typing import Self

from django.db import models

from catalog.origins.models import Region


class ZoneQuerySet(models.QuerySet):
    def for_table(self) -> Self:
        """What the table of fees shows: zones in their order, with regions and tariffs."""
        regions = Region.objects.order_by("code")
        return self.prefetch_related(models.Prefetch("regions", regions), "tariffs").order_by(
            "order", "pk"
        )


class TariffQuerySet(models.QuerySet):
    def by_zone(self) -> Self:
        """All tariffs with their zones, in the order of the zones."""
        return self.select_related("zone").order_by("zone__order", "zone_id", "pk")
