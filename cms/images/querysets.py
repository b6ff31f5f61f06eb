"""Reading page images as pictures: addresses and sizes in one query, no file opened."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Self

from django.db.models import F, FilteredRelation, Q, QuerySet
from wagtail.images.models import ImageQuerySet

from marketplace.pictures import Picture, picture_of

if TYPE_CHECKING:
    from cms.images.models import PageImage

# The fixed sizes of page images, in CSS pixels; nothing is enlarged.
PAGE_WIDTHS = (480, 960, 1600)
WEBP_SPECS = tuple(f"width-{width}|format-webp|webpquality-80" for width in PAGE_WIDTHS)
AVIF_SPECS = tuple(f"width-{width}|format-avif|avifquality-50" for width in PAGE_WIDTHS)
PAGE_SPECS = (*WEBP_SPECS, *AVIF_SPECS)


class PageImageQuerySet(ImageQuerySet):
    def pictures(self, ids: Iterable[int]) -> dict[int, Picture]:
        """By image key. An image whose sizes are still being made shows the upload itself, and
        no AVIF before all its sizes are there."""
        sized = FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=PAGE_SPECS))
        images = (
            self.filter(pk__in=set(ids))
            .annotate(sized=sized)
            .annotate(
                spec=F("sized__filter_spec"),
                sized_name=F("sized__file"),
                sized_width=F("sized__width"),
                sized_height=F("sized__height"),
            )
            .only("alt_text", "alt_text_en", "credit", "file", "width", "height")
            .order_by("pk", "sized_width")
        )
        rows = groupby(images, key=lambda image: image.pk)
        return {pk: _picture(list(sizes)) for pk, sizes in rows}

    def without_consent(self, day: date) -> Self:
        """Whose person has withdrawn, or agreed for a time that is over or has not begun."""
        ended = Q(consent__until__lt=day) | Q(consent__given_on__gt=day)
        return self.filter(ended | Q(consent__withdrawn_on__lte=day))

    def agreed(self, day: date) -> Self:
        """All that may be shown and chosen on that day."""
        return self.exclude(pk__in=self.model.objects.without_consent(day).values("pk"))

    def without_sizes(self) -> Self:
        """The last of them is made last."""
        return self.exclude(renditions__filter_spec=PAGE_SPECS[-1])


class ConsentQuerySet(QuerySet):
    def valid_on(self, day: date) -> Self:
        open_ended = Q(until__isnull=True) | Q(until__gte=day)
        standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(open_ended, standing, given_on__lte=day)


def _picture(sizes: list["PageImage"]) -> Picture:
    """`sizes` are rows of one image, each with one of its sizes, smallest first."""
    image = sizes[0]
    webp = _rows(sizes, WEBP_SPECS)
    avif = _rows(sizes, AVIF_SPECS)
    upload = [{"name": image.file.name, "width": image.width, "height": image.height}]
    whole = [row["width"] for row in avif] == [row["width"] for row in webp]
    words = {"alt": image.default_alt_text, "credit": image.credit}
    return picture_of(webp or upload, avif=avif if whole else (), **words)


def _rows(sizes: list["PageImage"], specs: tuple[str, ...]) -> list[dict]:
    """One row a width: several sizes of a small image are the same."""
    rows = {
        size.sized_width: {
            "name": size.sized_name,
            "width": size.sized_width,
            "height": size.sized_height,
        }
        for size in sizes
        if size.spec in specs
    }
    return list(rows.values())
