"""Reading applications, and the counties that may recommend."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from catalog.producers.admission.states import State
from marketplace.accounts.querysets import in_force


class CountyQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """Those that may recommend that day, with their region."""
        return self.filter(in_force(day)).select_related("region").order_by("region_id")


class ApplicationQuerySet(models.QuerySet):
    def for_rows(self) -> Self:
        """What a row reads, oldest first, with how many objections wait for an answer."""
        waiting = Count("objections", filter=Q(objections__answered_at=None))
        rows = self.select_related("county", "township", "applicant")
        return rows.annotate(unanswered=waiting).order_by("since", "pk")

    def for_page(self) -> Self:
        """All that the page of one application reads."""
        related = {
            name: self.model._meta.get_field(name).related_model
            for name in ("steps", "recommendations", "objections", "papers")
        }
        orders = {
            "steps": related["steps"].objects.select_related("by").order_by("pk"),
            "recommendations": related["recommendations"]
            .objects.select_related("by", "county")
            .order_by("-pk"),
            "objections": related["objections"].objects.order_by("pk"),
            "papers": related["papers"].objects.order_by("kind", "valid_from", "pk"),
        }
        parts = [Prefetch(name, queryset=rows) for name, rows in orders.items()]
        return self.for_rows().select_related("cooperative").prefetch_related(*parts)

    def handed_in(self) -> Self:
        """What others than the applicant may see: never a draft."""
        return self.exclude(state=State.DRAFT)

    def of_county(self, county: models.Model) -> Self:
        return self.handed_in().filter(county=county)

    def in_notice(self, day: date) -> Self:
        """What the public may read and object to that day, the latest first."""
        rows = self.filter(state=State.NOTICE, notice_from__lte=day, notice_until__gte=day)
        return rows.select_related("county", "township").order_by("-notice_from", "-pk")

    def waiting_for_operator(self, day: date) -> Self:
        """Recommended; in a notice that is over; objected to without an answer yet."""
        objections = self.model._meta.get_field("objections").related_model.objects
        open_ones = objections.filter(application=OuterRef("pk"), answered_at=None)
        over = Q(notice_until__lt=day) | Exists(open_ones)
        return self.filter(Q(state=State.RECOMMENDED) | Q(state=State.NOTICE) & over)
