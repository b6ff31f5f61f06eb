"""Reading papers."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):
    """Of rows with a first day, `valid_from`, and perhaps a last one, `valid_until`."""

    def valid_on(self, day: date) -> Self:
        """Begun and not ended on that day; both ends count."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day
        )

    def overlapping(self, *, begins: date, ends: date | None) -> Self:
        """Valid on any day from `begins` to `ends`, which may be without end."""
        begun = self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=begins))
        return begun.filter(valid_from__lte=ends) if ends else begun


class PaperQuerySet(DatedQuerySet):
    def of_good(self, good: models.Model) -> Self:
        """What the good holds itself, as an organic certificate."""
        return self.filter(productpaper__product=good)

    def held_by(self, cooperative: models.Model) -> Self:
        """What it holds itself, for a good or for a lot."""
        return self.filter(
            Q(cooperativepaper__cooperative=cooperative)
            | Q(productpaper__product__cooperative=cooperative)
            | Q(lotpaper__lot__product__cooperative=cooperative)
        ).distinct()
