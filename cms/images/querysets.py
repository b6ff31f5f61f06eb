"""Reading page images as pictures: addresses and sizes in one query, no file opened."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db.models import F, FilteredRelation, Q, QuerySet
from wagtail.images.models import ImageQuerySet

from marketplace.pictures import Picture, picture_of

# The fixed sizes of page images, in CSS pixels; nothing is enlarged.
PAGE_WIDTHS = (480, 960, 1600)
PAGE_SPECS = tuple(f"width-{width}|format-webp|webpquality-80" for width in PAGE_WIDTHS)


class PageImageQuerySet(ImageQuerySet):
    def pictures(self, ids: Iterable[int]) -> dict[int, Picture]:
        """By image key. An image whose sizes are still being made shows the upload itself."""
        sized = FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=PAGE_SPECS))
        images = (
            self.filter(pk__in=set(ids))
            .annotate(sized=sized)
            .annotate(
                sized_name=F("sized__file"),
                sized_width=F("sized__width"),
                sized_height=F("sized__height"),
            )
            .only("alt_text", "alt_text_en", "file", "width", "height")
            .order_by("pk", "sized_width")
        )
        sizes: dict[int, dict[int, dict]] = {}
        words: dict[int, str] = {}
        for image in images:
            row = _size(image.sized_name, image.sized_width, image.sized_height)
            row = row or _size(image.file.name, image.width, image.height)
            sizes.setdefault(image.pk, {})[row["width"]] = row
            words[image.pk] = image.default_alt_text
        return {pk: picture_of(list(rows.values()), words[pk]) for pk, rows in sizes.items()}

    def without_consent(self, day: date) -> Self:
        """Whose person has withdrawn, or agreed for a time that is over or has not begun."""
        ended = Q(consent__until__lt=day) | Q(consent__given_on__gt=day)
        return self.filter(ended | Q(consent__withdrawn_on__lte=day))

    def choosable(self, day: date) -> Self:
        return self.exclude(pk__in=self.model.objects.without_consent(day).values("pk"))


class ConsentQuerySet(QuerySet):
    def valid_on(self, day: date) -> Self:
        open_ended = Q(until__isnull=True) | Q(until__gte=day)
        standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(open_ended, standing, given_on__lte=day)


def _size(name: str | None, width: int | None, height: int | None) -> dict | None:
    return {"name": name, "width": width, "height": height} if name else None
