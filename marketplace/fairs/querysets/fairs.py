"""Reading fairs themselves."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Count, Prefetch, Q

PUBLIC = ("call", "planned", "running", "closed", "reported")


class FairQuerySet(models.QuerySet):
    def in_call(self, now: datetime) -> Self:
        """Those to which a cooperative may apply now, the nearest deadline first."""
        return self.filter(state="call", call_closes_at__gt=now).order_by("call_closes_at", "pk")

    def not_over(self, day: date) -> Self:
        """Those that somebody still works for, the nearest first."""
        open_ones = self.exclude(state__in=("closed", "reported"))
        return open_ones.filter(ends_on__gte=day).order_by("begins_on", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-begins_on", "-pk")

    def for_desks(self) -> Self:
        """The organiser's list of fairs: how many have applied, are waiting and are accepted."""
        return self.newest_first().annotate(
            applied=Count("exhibitors", filter=~Q(exhibitors__state="draft")),
            waiting=Count("exhibitors", filter=Q(exhibitors__state="applied")),
            accepted=Count("exhibitors", filter=Q(exhibitors__state="accepted")),
        )

    def for_sections(self) -> Self:
        """Told to the public: with district, `sessions` by beginning, and published `pages`."""
        sessions = self._related("sessions").objects.order_by("begins_at", "pk")
        pages = self._related("pages").objects.live().select_related("locale").defer("body")
        told = self.filter(state__in=PUBLIC).select_related("region")
        return told.prefetch_related(Prefetch("sessions", sessions), Prefetch("pages", pages))

    def reviewed_by(self, user: models.Model) -> Self:
        """Those that name the person among their reviewers."""
        return self.filter(reviewers__user=user)

    def _related(self, name: str) -> type[models.Model]:
        return self.model._meta.get_field(name).related_model
