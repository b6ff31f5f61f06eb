"""Reading the register: every reader begins with the county whose register it is."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Prefetch

from catalog.origins.models import Region


class HouseholdQuerySet(models.QuerySet):
    def of_county(self, county: Region) -> Self:
        return self.filter(county=county)

    def registered(self) -> Self:
        """Whose personal data has not been erased."""
        return self.filter(erased_at=None)

    def with_standings(self) -> Self:
        """Each with its dated categories in `standings.all()`, the latest first."""
        standings = self.model.standings.rel.related_model.objects.select_related("category")
        return self.select_related("township").prefetch_related(
            Prefetch("standings", standings.order_by("-begins_on", "-pk"))
        )


class StandingQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), begins_on__lte=day)
