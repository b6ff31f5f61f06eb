"""The table of tariffs and what was changed in it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models.product import Storage
from marketplace.dashboard.delivery.services import subject_of
from marketplace.dashboard.models import Change
from marketplace.dashboard.words import ChangeRow, value_lines
from marketplace.localised import listing
from marketplace.shipping.models import Tariff, Zone
from marketplace.shop.templatetags.shop_format import weight


@dataclass(frozen=True)
class Cell:
    """What a parcel of one temperature class costs to one zone; no tariff: it does not go."""

    zone: Zone
    storage: Storage
    tariff: Tariff | None

    @property
    def title(self) -> str:
        return _("%(zone)s · %(storage)s") % {
            "zone": self.zone.name_text,
            "storage": self.storage.label,
        }

    @property
    def subject(self) -> str:
        return subject_of(self.zone, self.storage)

    @property
    def url(self) -> str:
        return reverse("backoffice:tariff", args=[self.zone.slug, self.storage.value])


@dataclass(frozen=True)
class ZoneRow:
    zone: Zone
    cells: list[Cell]

    @property
    def regions(self) -> str:
        return listing(region.name_text for region in self.zone.regions.all())


def table_of(zones: Iterable[Zone]) -> list[ZoneRow]:
    """By zones read `for_table`."""
    return [ZoneRow(z, [Cell(z, storage, t) for storage, t in z.tariff_rows]) for z in zones]


def change_rows(changes: Iterable[Change], titles: dict[str, str]) -> list[ChangeRow]:
    """`titles` are those of the subjects that there are still."""
    return [
        ChangeRow(
            titles.get(change.subject, change.subject), change_words(change), change.at, change.by
        )
        for change in changes
    ]


def change_words(change: Change) -> list[str]:
    """Each value that changed, from what to what."""
    return value_lines(
        change,
        labels(),
        say=value_words,
        added=_("Delivered from now on"),
        removed=_("No longer delivered"),
    )


def labels() -> dict[str, str]:
    return {
        "base_fee": _("Fee"),
        "base_grams": _("Weight included"),
        "step_fee": _("Fee for each step"),
        "step_grams": _("Step of weight"),
        "free_from": _("Free from goods of"),
        "transit_days": _("Days on the way"),
    }


def value_words(field: str, value: str | int | None) -> str:
    if value is None:
        return _("never")
    if field.endswith("grams"):
        return weight(value)
    return str(value) if field == "transit_days" else f"¥{value}"
