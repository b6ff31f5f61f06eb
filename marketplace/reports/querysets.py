"""Reading sales figures and plans."""

from typing import Self

from django.db import models
from django.db.models import Sum


class SalesCellQuerySet(models.QuerySet):
    def of_batch(self, batch: models.Model) -> Self:
        return self.filter(batch=batch)


class PlanQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """To counties and the public, the one with the latest year first."""
        return self.filter(is_open=True).order_by("-target_year", "-pk")

    def current(self) -> models.Model | None:
        """The one that is shown: the latest that is open."""
        return self.shown().first()

    def for_list(self) -> Self:
        """Every one with its sums, the latest year first."""
        sums = {"base": Sum("lines__base"), "target": Sum("lines__target")}
        return self.annotate(**sums).order_by("-target_year", "-pk")


class ExportQuerySet(models.QuerySet):
    def of_county(self, county: models.Model | None) -> Self:
        """Those that a county's officials may have; without one, those of the market's."""
        return self.filter(county=county)

    def for_list(self) -> Self:
        return self.select_related("batch", "by").order_by("-pk")
