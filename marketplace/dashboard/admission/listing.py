"""Lists of applications: what waits stands first, the oldest on top."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.producers.admission.querysets import ApplicationQuerySet
from catalog.producers.admission.states import ENDED, State
from catalog.producers.admission.words import waits_for
from catalog.producers.models import Application
from marketplace.dashboard.listing import Chip, FilterForm, Listing, read_page

FURTHER, NOTICE, COUNTY, RETURNED, OPEN, CLOSED = (
    "further",
    "notice",
    "county",
    "returned",
    "open",
    "ended",
)
STATES_OF = {
    COUNTY: (State.SUBMITTED,),
    FURTHER: (State.RECOMMENDED, State.NOTICE),
    NOTICE: (State.NOTICE,),
    RETURNED: (State.RETURNED,),
    OPEN: (State.OPEN,),
    CLOSED: ENDED,
}
COUNTYS_GROUPS = (FURTHER, RETURNED, OPEN, CLOSED)
OPERATORS_GROUPS = (COUNTY, NOTICE, RETURNED, OPEN, CLOSED)


class GroupForm(FilterForm):
    group = forms.ChoiceField(required=False, choices=[(name, name) for name in STATES_OF])


@dataclass(frozen=True)
class Row:
    application: Application
    url: str
    day: date
    is_mine: bool = False

    @property
    def waits_for(self) -> str:
        return waits_for(self.application, self.day, mine=self.is_mine)


@dataclass(frozen=True)
class ApplicationList(Listing):
    """`groups` are those beside what waits for this desk, which stands first."""

    BY = "group"

    day: date = field(kw_only=True)
    address: Callable[[Application], str] = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        for application in self.page.object_list:
            yield Row(application, self.address(application), self.day)

    @property
    def chips(self) -> list[Chip]:
        labels = {
            "": _("Waits for you"),
            COUNTY: _("With the county"),
            FURTHER: _("Recommended"),
            NOTICE: _("Public notice"),
            RETURNED: _("Returned"),
            OPEN: _("Opened"),
            CLOSED: _("Ended"),
        }
        return self.chips_for([(name, labels[name]) for name in self.counts])


def read_applications(
    rows: Mapping[str, QuerySet],
    *,
    params: QueryDict,
    path: str,
    day: date,
    address: Callable[[Application], str],
) -> ApplicationList:
    """The page that the address asks for, of one of the groups in `rows`. Raises NoSuchPage."""
    form = GroupForm(params)
    group = form.chosen.get("group", "")
    group = group if group in rows else ""
    counts = {name: found.count() for name, found in rows.items()}
    page = read_page(rows[group].for_rows(), total=counts[group], form=form, path=path)
    return ApplicationList(form, page, counts, path, day=day, address=address)


def groups_of(
    seen: ApplicationQuerySet, waiting: ApplicationQuerySet, names: tuple[str, ...]
) -> dict[str, ApplicationQuerySet]:
    """What waits under "", then the named groups of what the desk sees."""
    return {"": waiting, **{name: seen.filter(state__in=STATES_OF[name]) for name in names}}
