"""Reading the pages of fairs."""

from datetime import date
from typing import Self

from wagtail.models import PageQuerySet

from marketplace.fairs.models import Fair


class FairPageQuerySet(PageQuerySet):
    def for_cards(self) -> Self:
        return self.live().select_related("fair__region", "locale")

    def in_language(self, language: str) -> Self:
        return self.filter(locale__language_code=language)

    def not_over(self, day: date) -> Self:
        """Of fairs that are not, the next one first."""
        coming = self.filter(fair__in=Fair.objects.not_over(day).order_by())
        return coming.order_by("fair__begins_on", "pk")
