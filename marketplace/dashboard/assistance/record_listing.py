"""Lists of benefit records: what a desk waits for stands first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.assistance.models import Record
from catalog.assistance.querysets import RecordQuerySet
from marketplace.dashboard.assistance.record_forms import COUNTERED, EVERY, RecordFilterForm
from marketplace.dashboard.listing import Chip, Listing, read_page

State = Record.State
IN_STATE = {
    State.SUBMITTED: Q(state=State.SUBMITTED),
    State.RETURNED: Q(state=State.RETURNED),
    State.CONFIRMED: Q(state=State.CONFIRMED, is_countered=False),
    COUNTERED: Q(is_countered=True),
    EVERY: Q(),
}


@dataclass(frozen=True)
class Row:
    record: Record
    url: str


@dataclass(frozen=True)
class RecordList(Listing):
    """`first` is the state that the plain address shows."""

    BY = "state"

    address: Callable[[Record], str] = field(kw_only=True)
    first: str = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        for record in self.page.object_list:
            yield Row(record, self.address(record))

    @property
    def chips(self) -> list[Chip]:
        labels = {
            State.SUBMITTED: _("Waits for the county"),
            State.RETURNED: _("Returned"),
            State.CONFIRMED: pgettext("record", "Confirmed"),
            COUNTERED: _("Countered"),
            EVERY: _("All"),
        }
        others = [(name, label) for name, label in labels.items() if name != self.first]
        return self.chips_for([("", labels[self.first]), *others])


def read_records(
    seen: RecordQuerySet,
    *,
    form: RecordFilterForm,
    path: str,
    address: Callable[[Record], str],
    first: str,
) -> RecordList:
    """The page that the form's address asks for: what waits oldest first, all else newest first.
    Raises NoSuchPage."""
    counts = seen.aggregate(**{name: Count("pk", filter=here) for name, here in IN_STATE.items()})
    counts[""] = counts[first]
    choice = form.chosen.get("state", "")
    rows = seen.filter(IN_STATE[choice or first]).for_rows()
    page = read_page(in_turn(rows, choice or first), total=counts[choice], form=form, path=path)
    return RecordList(form, page, counts, path, address=address, first=first)


def in_turn(rows: QuerySet, state: str) -> QuerySet:
    return rows.order_by("submitted_at", "pk") if state == State.SUBMITTED else rows.order_by("-pk")
