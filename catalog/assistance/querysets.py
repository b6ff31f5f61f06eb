"""Reading agreements, records, figures and recognitions."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from catalog.origins.models import Region
from catalog.papers.querysets import DatedQuerySet


class AgreementQuerySet(models.QuerySet):
    def of_county(self, county: Region) -> Self:
        return self.filter(county=county)

    def of_cooperative(self, cooperative: models.Model) -> Self:
        return self.filter(cooperative=cooperative)

    def in_force(self, day: date) -> Self:
        return self.filter(begins_on__lte=day, ends_on__gte=day)


class RecordQuerySet(models.QuerySet):
    def of_county(self, county: Region) -> Self:
        return self.filter(agreement__county=county)

    def of_cooperative(self, cooperative: models.Model) -> Self:
        return self.filter(cooperative=cooperative)

    def waiting(self) -> Self:
        """For the county's word."""
        return self.filter(state=self.model.State.SUBMITTED)

    def alive(self) -> Self:
        """What says that households were paid and is not countered: confirmed or on its way."""
        return self.filter(counters=None, is_countered=False).exclude(
            state=self.model.State.RETURNED
        )

    def counted_at(self, cutoff: datetime) -> Self:
        """What figures as of that moment count: confirmed before it, and not countered before it.

        Rests on what is never rewritten, so that it says the same at any later time.
        """
        countered = self.model.objects.filter(counters=OuterRef("pk"), confirmed_at__lt=cutoff)
        return self.filter(~Exists(countered), counters=None, confirmed_at__lt=cutoff)


class BatchQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(state=self.model.State.PUBLISHED)

    def current(self) -> models.Model | None:
        """The batch whose figures are shown: the one published last."""
        return self.published().order_by("-published_at", "-pk").first()


class CellQuerySet(models.QuerySet):
    def public(self) -> Self:
        """As anybody may see them: `shown_households` and `shown_amount` are None where hidden.

        The only way from figures to a public page; the columns themselves are left behind.
        """
        return self.annotate(
            shown_households=Case(When(is_hidden=True, then=Value(None)), default=F("households")),
            shown_amount=Case(When(is_hidden=True, then=Value(None)), default=F("amount")),
        ).defer("households", "amount")


class RecognitionQuerySet(DatedQuerySet):
    def valid_on(self, day: date) -> Self:
        """Begun, not ended, and of a county that the scheme holds for that day, if it is bound to
        any."""
        listed = self.model.scheme.field.related_model.counties.rel.related_model.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            scheme=OuterRef("scheme"),
            county=OuterRef("cooperative__county"),
            begins_on__lte=day,
        )
        free = Q(scheme__is_bound_to_counties=False)
        return super().valid_on(day).filter(free | Exists(listed))

    def shown_with(self, good: models.Model, day: date) -> Self:
        """What the page of a good shows: its own first, then those of its producer as a whole."""
        of_producer = Q(product=None, cooperative=good.cooperative_id)
        rows = self.valid_on(day).filter(Q(product=good.pk) | of_producer)
        return rows.select_related("scheme", "cooperative").order_by(
            F("product").asc(nulls_last=True), "pk"
        )

    def of_producer(self, cooperative: models.Model, day: date) -> Self:
        """What its page shows: those of the whole first, then those of its goods."""
        rows = self.valid_on(day).filter(cooperative=cooperative)
        return rows.select_related("scheme", "cooperative", "product").order_by(
            F("product").asc(nulls_first=True), "pk"
        )

    def for_office(self, day: date) -> Self:
        """Rows of a list, by scheme, first to end first; `is_valid`: it is a badge that day."""
        valid = self.model.objects.valid_on(day).filter(pk=OuterRef("pk"))
        rows = self.select_related("scheme", "cooperative__county", "product")
        return rows.annotate(is_valid=Exists(valid)).order_by(
            "scheme__code", F("valid_until").asc(nulls_last=True), "pk"
        )
