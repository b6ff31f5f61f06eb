"""One page of a cooperative's lots."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.lots.forms import LotFilterForm
from marketplace.dashboard.lots.querysets import count_states, find_lots, for_rows


@dataclass(frozen=True)
class Row:
    lot: Lot
    url: str


@dataclass(frozen=True)
class LotList(Listing):
    BY = "state"

    cooperative: Cooperative

    @property
    def rows(self) -> Iterator[Row]:
        for lot in self.page.object_list:
            yield Row(lot, reverse("backoffice:coop_lot", args=[self.cooperative.slug, lot.code]))

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *Lot.State.choices])


def read_lots(*, cooperative: Cooperative, params: QueryDict, path: str) -> LotList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = LotFilterForm(params)
    lots, state = find_lots(cooperative, form.chosen), form.chosen.get("state", "")
    counts = count_states(lots)
    rows = for_rows(lots.filter(state=state) if state else lots)
    page = read_page(rows, total=counts[state], form=form, path=path)
    return LotList(form, page, counts, path, cooperative)
