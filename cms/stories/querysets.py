"""Reading stories, and the rules by which a row of them fills itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Case, IntegerField, Min, Model, Q, Value, When
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from cms.images.models import PictureConsent

SPECIALTY_FIELDS = [f"specialty__{name}" for name in ("slug", "name", "name_en", "colour")]


class StoryQuerySet(PageQuerySet):
    def resting_on(self, consents: Iterable[PictureConsent]) -> Self:
        """What names somebody by one of these consents, and its translations."""
        told = self.model.objects.filter(consent__in=consents)
        return self.filter(translation_key__in=told.values("translation_key"))

    def without_consent(self, day: date) -> Self:
        """What names somebody by a consent that does not hold on that day, and its translations
        unless they have one of their own that does."""
        valid = PictureConsent.objects.valid_on(day)
        told = self.model.objects.filter(consent__isnull=False).exclude(consent__in=valid)
        fallen = self.filter(translation_key__in=told.values("translation_key"))
        return fallen.exclude(consent__in=valid)

    def for_cards(self) -> Self:
        """What a card reads: not the text."""
        return self.select_related("locale", "county", "specialty").defer("body")

    def latest_first(self) -> Self:
        return self.order_by("-told_on", "-pk")

    def about(self, *, county: str | None, specialty: str | None) -> Self:
        """By the code of a county and the address of a specialty."""
        columns = {"county": county, "specialty__slug": specialty}
        return self.filter(**{name: value for name, value in columns.items() if value})

    def places(self) -> Self:
        """One story of each pair of county and specialty that stories tell of."""
        one = self.values("county", "specialty").annotate(any=Min("pk")).values("any")
        rows = self.model.objects.filter(pk__in=one).select_related("county", "specialty")
        return rows.only("county__name", "county__name_en", *SPECIALTY_FIELDS)

    def related_to(self, story: Model) -> Self:
        """In its language: of its specialty and county first, then the latest."""
        near = Case(
            When(Q(specialty=story.specialty_id) & Q(county=story.county_id), then=Value(0)),
            When(Q(specialty=story.specialty_id) | Q(county=story.county_id), then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        others = self.live().filter(locale=story.locale_id).exclude(pk=story.pk)
        return others.order_by(near, "-told_on", "-pk")


StoryManager = PageManager.from_queryset(StoryQuerySet)


@dataclass(frozen=True)
class StoryRule:
    """The latest `count` stories in one language, of one specialty or county or of all.

    `select` says it to the database, `pick` to rows that several sections were given together;
    both mean the same stories in the same order.
    """

    count: int
    locale: int
    specialty: int | None = None
    county: str | None = None

    def _columns(self) -> dict[str, int | str]:
        columns = {
            "locale_id": self.locale,
            "specialty_id": self.specialty,
            "county_id": self.county,
        }
        return {name: key for name, key in columns.items() if key}

    def select(self, stories: StoryQuerySet) -> StoryQuerySet:
        return stories.filter(**self._columns()).latest_first()[: self.count]

    def pick(self, stories: Iterable[Model]) -> list[Model]:
        columns = self._columns()
        fitting = [
            story
            for story in stories
            if all(getattr(story, name) == key for name, key in columns.items())
        ]
        latest = sorted(fitting, key=lambda story: (story.told_on, story.pk), reverse=True)
        return latest[: self.count]
