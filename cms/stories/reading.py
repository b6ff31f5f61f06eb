"""The stories that the sections of one page show, read in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from cms.blocks.reading import Found
from cms.stories.models import StoryPage
from cms.stories.querysets import StoryRule


@dataclass(frozen=True)
class Stories:
    """Published stories in all their languages, for a page in the language `locale`."""

    rows: list[StoryPage]
    locale: int

    @cached_property
    def _by_key(self) -> dict[int, StoryPage]:
        return {story.pk: story for story in self.rows}

    @cached_property
    def _translated(self) -> dict[object, StoryPage]:
        here = [story for story in self.rows if story.locale_id == self.locale]
        return {story.translation_key: story for story in here}

    def chosen(self, keys: Iterable[int]) -> list[StoryPage]:
        """In this language, else in the language that they were chosen in."""
        rows = [self._by_key[key] for key in keys if key in self._by_key]
        return [self._translated.get(story.translation_key, story) for story in rows]


def read_stories(asked: set[StoryRule | int], found: Found) -> Stories:
    """What is asked for are rules, or keys of chosen stories."""
    keys = {each for each in asked if isinstance(each, int)}
    told = StoryPage.objects.live()
    family = StoryPage.objects.filter(pk__in=keys).values("translation_key")
    wanted = Q(translation_key__in=family)
    for rule in asked - keys:
        wanted |= Q(pk__in=rule.select(told).values("pk"))
    rows = list(told.filter(wanted).for_cards())
    found.needs.images.update(story.image_id for story in rows)
    return Stories(rows, found.needs.translations_of.locale_id)
