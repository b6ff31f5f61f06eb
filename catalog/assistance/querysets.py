"""Reading agreements, records, figures and recognitions."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalog.origins.models import Region
from catalog.papers.querysets import DatedQuerySet

# So long after an agreement has ended may what it promised still be paid.
PAID_AFTER = timedelta(days=366)


class AgreementQuerySet(models.QuerySet):
    def of_county(self, county: Region) -> Self:
        return self.filter(county=county)

    def of_cooperative(self, cooperative: models.Model) -> Self:
        return self.filter(cooperative=cooperative)

    def in_force(self, day: date) -> Self:
        return self.filter(begins_on__lte=day, ends_on__gte=day)

    def payable(self, day: date) -> Self:
        """Under which a payment of that day can be recorded."""
        return self.filter(begins_on__lte=day, ends_on__gte=day - PAID_AFTER)

    def for_rows(self) -> Self:
        """What a row reads, the latest first, with how many households are on the list."""
        rows = self.select_related("cooperative", "mode", "specialty", "county")
        return rows.annotate(households_count=count_of(self.model.members)).order_by(
            "-begins_on", "-pk"
        )

    def for_page(self) -> Self:
        """With the list as on paper, and the signed pages; of a household its pseudonym alone."""
        paid = self.model.records.rel.related_model.members.rel.related_model.objects.filter(
            record__agreement=OuterRef("agreement"), household=OuterRef("household")
        )
        members = self.model.members.rel.related_model.objects.order_by("position")
        members = members.annotate(is_named=Exists(paid))
        return self.for_rows().prefetch_related(
            Prefetch("members", members.select_related("household").only(*MEMBER)), "files__by"
        )


# Of a household nothing else leaves the register.
MEMBER = ("agreement_id", "position", "household__code", "household__erased_at")


def count_of(members: models.Manager) -> Coalesce:
    """How many households a row has, counted for the rows of the page alone."""
    rows, field = members.rel.related_model.objects, members.rel.field.name
    counts = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(counts.annotate(count=Count("pk")).values("count")), 0)


class RecordQuerySet(models.QuerySet):
    def of_county(self, county: Region) -> Self:
        return self.filter(agreement__county=county)

    def of_cooperative(self, cooperative: models.Model) -> Self:
        return self.filter(cooperative=cooperative)

    def of_kind(self, agreement: models.Model) -> Self:
        """Of its cooperative, in its way and for its goods, under whatever agreement."""
        kind = {
            "agreement__mode": agreement.mode_id,
            "agreement__specialty": agreement.specialty_id,
        }
        return self.of_cooperative(agreement.cooperative_id).filter(**kind)

    def overlapping(self, begins_on: date, ends_on: date) -> Self:
        """About days of that period."""
        return self.filter(begins_on__lte=ends_on, ends_on__gte=begins_on)

    def within(self, begins_on: date, ends_on: date) -> Self:
        """About no other days than those of that period."""
        return self.filter(begins_on__gte=begins_on, ends_on__lte=ends_on)

    def waiting(self) -> Self:
        """For the county's word."""
        return self.filter(state=self.model.State.SUBMITTED)

    def for_rows(self) -> Self:
        """What a row reads, with how many households were paid; a counter-record names none."""
        return self.select_related(
            "agreement__mode",
            "agreement__specialty",
            "agreement__county",
            "cooperative",
            "counters",
        ).annotate(households_count=Count("members", distinct=True))

    def for_page(self) -> Self:
        """With the households that were paid by their numbers on the list, the files, the steps."""
        member = self.model.members.rel.related_model
        listed = self.model.agreement.field.related_model.members.rel.related_model.objects.filter(
            agreement=OuterRef("record__agreement"), household=OuterRef("household")
        )
        members = member.objects.select_related("household").only(
            "record_id", "household__code", "household__erased_at"
        )
        members = members.annotate(position=Subquery(listed.values("position"))).order_by(
            "position"
        )
        steps = self.model.steps.rel.related_model.objects.select_related("by").order_by("pk")
        evidence = self.model.evidence.rel.related_model.objects.order_by("pk")
        return (
            self.for_rows()
            .select_related("counter")
            .prefetch_related(
                Prefetch("members", members),
                Prefetch("steps", steps),
                Prefetch("evidence", evidence),
            )
        )

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

    def latest_first(self) -> Self:
        return self.published().order_by("-published_at", "-pk")

    def current(self) -> models.Model | None:
        """The batch whose figures are shown: the one published last."""
        return self.latest_first().first()

    def published_before(self, batch: models.Model) -> models.Model | None:
        """The one whose figures were shown when that batch came out, or are while it has not."""
        others = self.latest_first().exclude(pk=batch.pk)
        if batch.published_at:
            others = others.filter(published_at__lt=batch.published_at)
        return others.first()


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
