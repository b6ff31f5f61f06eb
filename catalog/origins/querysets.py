"""Reading regions."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

BEIJING = "110000"


class RegionQuerySet(models.QuerySet):
    def destinations(self) -> Self:
        """Where goods may be sent: districts, and the few cities that have none."""
        level = self.model.Level
        districts = self.model.objects.filter(parent=OuterRef("pk"), level=level.DISTRICT)
        return self.filter(Q(level=level.DISTRICT) | Q(level=level.CITY) & ~Exists(districts))

    def choices_below(self, code: str) -> Self:
        """What lies directly below, with `is_last` where goods may be sent."""
        last = self.model.objects.destinations().filter(pk=OuterRef("pk"))
        return self.filter(parent=code).annotate(is_last=Exists(last)).order_by("code")

    def provinces(self) -> Self:
        return self.filter(parent=None).order_by("code")

    def below(self, codes: Collection[str]) -> Self:
        """The provinces, and whatever lies directly below one of the codes."""
        return self.filter(Q(parent=None) | Q(parent__in=codes)).order_by("code")

    def origins(self) -> Self:
        """The counties that goods come from: those with a producer."""
        return self.filter(cooperatives__isnull=False).distinct()

    def with_parents(self) -> Self:
        """Fetches the whole path upwards, for showing an address."""
        return self.select_related("parent__parent__parent")
