"""Reading fairs themselves."""

from datetime import date, datetime
from typing import Self

from django.db import models

PUBLIC = ("call", "planned", "running", "closed", "reported")


class FairQuerySet(models.QuerySet):
    def in_call(self, now: datetime) -> Self:
        """Those to which a cooperative may apply now, the nearest deadline first."""
        return self.filter(state="call", call_closes_at__gt=now).order_by("call_closes_at", "pk")

    def coming(self, day: date) -> Self:
        """Told to the public and not over yet, the next one first."""
        return self.filter(state__in=PUBLIC, ends_on__gte=day).order_by("begins_on", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-begins_on", "-pk")
