"""The names of everything one can filter by: groups, their values, labels and colours."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Category
from catalog.models.product import Storage
from catalog.origins.models import Region
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative
from marketplace.shop.filters import BANDS
from marketplace.shop.kept_pages import remembered

SPECIALTY, COUNTY, COOPERATIVE = "specialty", "county", "cooperative"
STORAGE, CERTIFICATE, PRICE, STOCK = "storage", "certificate", "price", "stock"
GROUPS = (SPECIALTY, COUNTY, STORAGE, CERTIFICATE, PRICE, STOCK, COOPERATIVE)
IN_STOCK = "1"


class Term(NamedTuple):
    """One value of a group; `key` is what the database holds for it."""

    key: str
    label: str
    colour: str = ""


Vocabulary = Mapping[str, Mapping[str, Term]]


def group_labels() -> dict[str, str]:
    return {
        SPECIALTY: _("Kind of goods"),
        COUNTY: _("County"),
        STORAGE: _("Temperature"),
        CERTIFICATE: _("Papers and marks"),
        PRICE: _("Price for 500 g"),
        STOCK: _("Stock"),
        COOPERATIVE: _("Producer"),
    }


def read_vocabulary() -> Vocabulary:
    """All groups in the order of the page, in the active language; one query at most."""
    return remembered(f"vocabulary {get_language()}", build_vocabulary)


def build_vocabulary() -> Vocabulary:
    words: dict[str, dict[str, Term]] = {group: {} for group in GROUPS}
    for group, key, value, name, name_en, colour, _position in _named_rows():
        label = name_en if get_language() == "en" and name_en else name
        words[group][value] = Term(key, label, colour)
    words[STORAGE] = {value: Term(value, str(label)) for value, label in Storage.choices}
    words[CERTIFICATE] = {str(kind): Term(str(kind), str(kind.label)) for kind in Paper.BADGES}
    words[PRICE] = {band: Term(band, label) for band, label in _band_labels().items()}
    words[STOCK] = {IN_STOCK: Term(IN_STOCK, _("In stock only"))}
    return words


def _band_labels() -> dict[str, str]:
    labels = [_("Up to 10 yuan"), _("10 to 30 yuan"), _("More than 30 yuan")]
    return dict(zip(BANDS, labels, strict=True))


def _named_rows() -> list[tuple]:
    """Specialties, origin counties and producers, each in its order.

    A good's county is the county of one of the producers.
    """
    specialties = _rows(
        Category.objects.specialties().order_by(), SPECIALTY, "slug", "name", "colour", "path"
    )
    counties = _rows(Region.objects.origins(), COUNTY, "code", "name", Value(""), "code")
    producers = _rows(
        Cooperative.objects.all(), COOPERATIVE, "slug", "short_name", Value(""), "slug"
    )
    return sorted(specialties.union(counties, producers), key=lambda row: row[-1])


def _rows(
    queryset: QuerySet, group: str, value: str, name: str, colour: object, order: str
) -> QuerySet:
    return queryset.values_list(
        Value(group), Cast("pk", CharField()), value, name, f"{name}_en", colour, order
    )
