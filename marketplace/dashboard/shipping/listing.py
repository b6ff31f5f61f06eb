"""One page of the list of the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.shipping.forms import ParcelFilterForm
from marketplace.dashboard.shipping.querysets import (
    STAGES,
    count_stages,
    find_parcels,
    for_rows,
    stage_is,
)
from marketplace.order.models import Consignment
from marketplace.order.states import IN_THE_HOUSE, State


@dataclass(frozen=True)
class Row:
    """A parcel in the list: what is in it, never for whom."""

    consignment: Consignment
    url: str

    @property
    def goods(self) -> list[tuple[str, int]]:
        return [(line.title_text, line.quantity) for line in self.consignment.lines.all()]

    @property
    def may_be_ticked(self) -> bool:
        return self.consignment.state in IN_THE_HOUSE


@dataclass(frozen=True)
class Day:
    """Parcels that are to leave on one day; None where nobody promised any."""

    day: date | None
    rows: list[Row]
    is_late: bool
    is_today: bool


@dataclass(frozen=True)
class DayList(Listing):
    BY = "stage"

    today: date
    cooperative: Cooperative

    @cached_property
    def days(self) -> list[Day]:
        by_day = groupby(self.page.object_list, key=lambda parcel: parcel.dispatch_on)
        return [
            Day(day, list(self.rows_of(parcels)), self.is_late(day), day == self.today)
            for day, parcels in by_day
        ]

    def rows_of(self, parcels: Iterator[Consignment]) -> Iterator[Row]:
        for parcel in parcels:
            yield Row(parcel, reverse("backoffice:parcel", args=[self.cooperative.slug, parcel.pk]))

    def is_late(self, day: date | None) -> bool:
        """What left is not late any more."""
        left = self.choice == "sent"
        return day is not None and day < self.today and not left

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("In the house")), *STAGES])

    @property
    def may_pack(self) -> bool:
        return any(parcel.state == State.PAID for parcel in self.page.object_list)

    @property
    def may_send(self) -> bool:
        return any(parcel.state == State.PACKED for parcel in self.page.object_list)


def read_parcels(*, cooperative: Cooperative, params: QueryDict, path: str, today: date) -> DayList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = ParcelFilterForm(params)
    parcels, stage = find_parcels(cooperative, form.chosen), form.chosen.get("stage", "")
    counts = count_stages(parcels, today)
    rows = for_rows(parcels.filter(stage_is(stage, today)))
    page = read_page(rows, total=counts[stage], form=form, path=path)
    return DayList(form, page, counts, path, today, cooperative)
