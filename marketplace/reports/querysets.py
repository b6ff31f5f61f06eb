"""Reading sales figures and plans."""

from typing import Self

from django.db import models


class SalesCellQuerySet(models.QuerySet):
    def of_batch(self, batch: models.Model) -> Self:
        return self.filter(batch=batch)


class PlanQuerySet(models.QuerySet):
    def current(self) -> models.Model | None:
        """The one that is shown: the latest that is open."""
        return self.filter(is_open=True).order_by("-target_year", "-pk").first()
