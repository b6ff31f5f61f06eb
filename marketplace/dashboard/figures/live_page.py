"""The page of live figures, and beside them what the public sees of the same year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.assistance.figures.live import (
    Live,
    LiveFigure,
    Waiting,
    count_live,
    read_waiting,
    years_with_records,
)
from catalog.assistance.figures.shapes import Table
from catalog.assistance.published import Edition, Figure, current_edition, read_sum
from catalog.origins.models import Region
from marketplace.dashboard.figures.forms import LiveFilterForm
from marketplace.dashboard.figures.pages import names_of
from marketplace.months import month_of, months_between
from marketplace.shop.impact.drawings import Bar, length_of
from marketplace.shop.impact.words import households_words, months_words, short_month
from marketplace.shop.templatetags.shop_format import yuan


class Section(NamedTuple):
    title: str
    bars: list[Bar]


@dataclass(frozen=True)
class Published:
    """What the batch that is shown says; `figure` is None for a year that it does not know."""

    edition: Edition
    year: int
    figure: Figure | None

    @property
    def period(self) -> str:
        return months_words(self.year, self.edition.last_month_of(self.year))


@dataclass(frozen=True)
class LivePage:
    form: LiveFilterForm
    now: datetime
    county: Region | None
    live: Live
    waiting: Waiting
    published: Published | None

    @property
    def sections(self) -> list[Section]:
        """By month, then by whatever else; a county stands in no table of counties."""
        tables = [Table.MODE, Table.COUNTY, Table.COOPERATIVE]
        if self.county:
            tables.remove(Table.COUNTY)
        return [
            Section(_("By month"), self.month_bars),
            *(Section(table.label, self.table_bars(table)) for table in tables),
        ]

    @property
    def month_bars(self) -> list[Bar]:
        """Until the month that runs, which is not over."""
        this_month = month_of(timezone.localdate(self.now))
        end = date(self.live.year + 1, 1, 1)
        months = months_between(date(self.live.year, 1, 1), end)
        names = {month: short_month(month.month) for month in months if month <= this_month}
        if this_month in names:
            names[this_month] = _("%(month)s, not over") % {"month": names[this_month]}
        return drawn([(name, self.live.of_month(month)) for month, name in names.items()])

    def table_bars(self, table: Table) -> list[Bar]:
        rows = self.live.rows(table)
        return drawn([(self.names.get((at.table, at.row), at.row), one) for at, one in rows])

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        return names_of(self.live.figures)


def read_live(params: QueryDict, *, now: datetime, county: Region | None = None) -> LivePage:
    """Of the year that the address asks for, in a fixed number of queries."""
    years = years_with_records(county)
    form = LiveFilterForm(params, years=years, this_year=timezone.localdate(now).year)
    year = form.chosen_year
    live = count_live(year, now, county)
    return LivePage(form, now, county, live, read_waiting(county), read_published(year, county))


def read_published(year: int, county: Region | None) -> Published | None:
    """As everybody sees it, hidden where it is hidden; None before the first batch."""
    edition = current_edition()
    if edition is None:
        return None
    row = county.pk if county else ""
    return Published(edition, year, read_sum(edition, year, row) if year in edition.years else None)


def drawn(rows: Sequence[tuple[str, LiveFigure]]) -> list[Bar]:
    most = max((figure.households for _name, figure in rows), default=0)
    return [
        Bar(
            name,
            length_of(figure.households, most),
            figure.households * 2 >= most,
            households_words(figure.households),
            f"¥{yuan(figure.amount)}",
            payments_words(figure.payments),
        )
        for name, figure in rows
    ]


def payments_words(payments: int) -> str:
    said = ngettext("%(count)s payment", "%(count)s payments", payments)
    return said % {"count": f"{payments:,}"}
