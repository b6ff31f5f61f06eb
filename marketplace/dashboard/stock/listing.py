"""One page of the table of packs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.models import Change
from marketplace.dashboard.stock.forms import StockFilterForm
from marketplace.dashboard.stock.querysets import (
    FEW,
    LEVELS,
    LOW,
    SOLD_OUT,
    at_level,
    count_levels,
    find_packs,
    for_rows,
)
from marketplace.dashboard.words import ChangeRow
from marketplace.partner.models import StockRecord


@dataclass(frozen=True)
class Row:
    record: StockRecord
    url: str

    @property
    def level(self) -> str:
        free = self.record.free
        if free < self.record.product.minimum_quantity:
            return SOLD_OUT
        return LOW if free <= FEW else ""

    @property
    def level_label(self) -> str:
        return dict(LEVELS).get(self.level, "")


class StockList(Listing):
    BY = "level"

    @property
    def rows(self) -> Iterator[Row]:
        for record in self.page.object_list:
            path = reverse("backoffice:pack", args=[record.pk])
            yield Row(record, self.form.address(path, self.page.number))

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *LEVELS])


def read_stock(*, params: QueryDict, path: str) -> StockList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = StockFilterForm(params)
    packs, level = find_packs(form.chosen), form.chosen.get("level", "")
    counts = count_levels(packs)
    rows = for_rows(at_level(packs, level) if level else packs)
    page = read_page(rows, total=counts[level], form=form, path=path)
    return StockList(form, page, counts, path)


def change_rows(changes: Iterable[Change], record: StockRecord) -> list[ChangeRow]:
    title = _("Packs in stock")
    return [
        ChangeRow(
            title,
            [f"{change.before['num_in_stock']} → {change.after['num_in_stock']}"],
            change.at,
            change.by,
        )
        for change in changes
    ]
