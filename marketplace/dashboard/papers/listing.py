"""One page of papers, as every desk reads them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.papers.models import Paper
from catalog.producers.models import Cooperative, CooperativePaper
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.papers.forms import STATES, PaperFilterForm
from marketplace.dashboard.papers.querysets import (
    ENDED,
    ENDING,
    SOON,
    VALID,
    count_states,
    is_in_state,
)

Address = Callable[[CooperativePaper], str]


@dataclass(frozen=True)
class Row:
    paper: Paper
    cooperative: Cooperative
    file_url: str
    day: date
    remove_url: str = ""

    @property
    def state(self) -> str:
        left = self.paper.days_left(self.day)
        if left is None or left > SOON.days:
            return VALID
        return ENDED if left < 0 else ENDING

    @property
    def state_words(self) -> str:
        left = self.paper.days_left(self.day)
        if self.state == ENDING:
            words = ngettext("%(count)s day left", "%(count)s days left", left)
            return words % {"count": left} if left else _("Ends today")
        return dict(STATES)[self.state]

    @property
    def is_to_renew(self) -> bool:
        return self.state != VALID


@dataclass(frozen=True)
class PaperList(Listing):
    BY = "state"

    day: date = field(kw_only=True)
    address: Address = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        for held in self.page.object_list:
            url = self.address(held) if held.paper.file else ""
            yield Row(held.paper, held.cooperative, url, self.day)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def read_papers(
    held: QuerySet, *, params: QueryDict, path: str, day: date, address: Address
) -> PaperList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = PaperFilterForm(params)
    state, counts = form.chosen.get("state", ""), count_states(held, day)
    rows = held.filter(is_in_state(state, day)) if state else held
    page = read_page(rows, total=counts[state], form=form, path=path)
    return PaperList(form, page, counts, path, day=day, address=address)
