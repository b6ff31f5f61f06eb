"""Published figures, for whoever shows them to the public. Nothing hidden passes this door.

A figure that is hidden has neither its households nor its amount, and nobody behind this door can
ask for them. Pages, files and sections of the site read figures here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from catalog.assistance.models import Batch, Cell, Mode
from catalog.origins.models import Region
from marketplace.money import FEN, NOTHING
from marketplace.months import end_of

NOBODY = 0
MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR = 3, 12


@dataclass(frozen=True)
class Edition:
    """The batch that is shown. It knows the months of its own year up to `month`, and all of the
    year before, as of `cutoff`; `as_of` is the last day whose confirmations it counts."""

    key: int
    number: str
    month: date
    cutoff: datetime

    @property
    def as_of(self) -> date:
        return timezone.localdate(self.cutoff - timedelta(microseconds=1))

    @property
    def years(self) -> tuple[int, int]:
        return self.month.year, self.month.year - 1

    def last_month_of(self, year: int) -> int:
        return self.month.month if year == self.month.year else MONTHS_OF_A_YEAR


@dataclass(frozen=True)
class Figure:
    """Households and yuan of one span, both None where they are hidden.

    `months` are those of the span that the batch knows; `is_whole` when these are all.
    """

    span: str
    begins_on: date
    months: int
    is_whole: bool
    households: int | None
    amount: Decimal | None

    @property
    def is_shown(self) -> bool:
        return self.households is not None


@dataclass(frozen=True)
class Row:
    """A row of a table by what it is about."""

    about: Mode | Region
    figure: Figure

    @property
    def name(self) -> str:
        return self.about.name_text


@dataclass(frozen=True)
class Rows:
    """Those that may be shown, most households first, and how many more there are."""

    shown: list[Row] = field(default_factory=list)
    hidden: int = 0


@dataclass(frozen=True)
class YearFigures:
    total: Figure
    by_county: Rows
    by_mode: Rows


@dataclass(frozen=True)
class Total:
    """Of the whole market, in the year that runs."""

    edition: Edition
    figure: Figure


@dataclass(frozen=True)
class CooperativeFigures:
    """Of one cooperative that households have earned with: its quarters and years that are over,
    latest first.

    Those that still run grow with each batch: whoever subtracts one batch from the next would see
    what a single month brought to a few households.
    """

    edition: Edition
    quarters: list[Figure]
    years: list[Figure]

    @property
    def rows(self) -> list[Figure]:
        """The quarters of the year that runs, then each year before it."""
        now = self.edition.month.year
        running = [figure for figure in self.quarters if figure.begins_on.year == now]
        return [*running, *self.years]

    @property
    def latest(self) -> Figure | None:
        """What is said of it in one sentence: of the last quarter that is over, else of the year
        before. None where both are hidden."""
        shown = (figure for figure in [*self.quarters[:1], *self.years] if figure.is_shown)
        return next(shown, None)


def current_edition() -> Edition | None:
    """None before the first batch."""
    batch = Batch.objects.current()
    return edition_of(batch) if batch else None


def edition_of(batch: Batch) -> Edition:
    return Edition(batch.pk, batch.number, batch.month, batch.cutoff)


def read_year(edition: Edition, year: int) -> YearFigures:
    """What nobody recorded anything for is no row; without any record at all the total is zero."""
    tables: dict[str, dict[str, Figure]] = {table: {} for table in Cell.Table.values}
    cells = Cell.objects.public().filter(
        batch=edition.key,
        table__in=(Cell.Table.ALL, Cell.Table.COUNTY, Cell.Table.MODE),
        span=Cell.Span.YEAR,
        begins_on=date(year, 1, 1),
    )
    for cell in cells:
        tables[cell.table][cell.row] = figure_of(cell, edition)
    return YearFigures(
        tables[Cell.Table.ALL].get("") or nothing_in(edition, year),
        named(tables[Cell.Table.COUNTY], Region.objects.in_bulk(tables[Cell.Table.COUNTY])),
        named(tables[Cell.Table.MODE], modes()),
    )


def read_total() -> Total | None:
    """All of the year so far; None before the first batch."""
    edition = current_edition()
    return Total(edition, read_sum(edition, edition.month.year)) if edition else None


def read_sum(edition: Edition, year: int, county: str = "") -> Figure:
    """Of the whole market, or of one county, in a year that the batch knows."""
    table = Cell.Table.COUNTY if county else Cell.Table.ALL
    cells = Cell.objects.public().filter(batch=edition.key, table=table, row=county)
    cell = cells.filter(span=Cell.Span.YEAR, begins_on=date(year, 1, 1)).first()
    return figure_of(cell, edition) if cell else nothing_in(edition, year)


def read_cooperative(key: int) -> CooperativeFigures | None:
    """None when nothing was recorded with it that is over, and before the first batch."""
    return read_cooperatives([key]).get(key)


def read_cooperatives(keys: Iterable[int]) -> dict[int, CooperativeFigures]:
    """By key, of those with records that are over; nothing before the first batch. One query."""
    rows = [str(key) for key in keys]
    cells = of_current().filter(table=Cell.Table.COOPERATIVE, row__in=rows)
    found: dict[int, CooperativeFigures] = {}
    for cell in cells.select_related("batch").order_by("-begins_on"):
        edition = edition_of(cell.batch)
        figure = figure_of(cell, edition)
        if figure.is_whole:
            figures = found.setdefault(int(cell.row), CooperativeFigures(edition, [], []))
            (figures.years if cell.span == Cell.Span.YEAR else figures.quarters).append(figure)
    return found


def of_current() -> QuerySet[Cell]:
    return Cell.objects.public().filter(batch=Batch.objects.latest_first().values("pk")[:1])


def figure_of(cell: Cell, edition: Edition) -> Figure:
    months, whole = months_known(cell.span, cell.begins_on, edition)
    amount = None if cell.shown_amount is None else cell.shown_amount.quantize(FEN)
    return Figure(cell.span, cell.begins_on, months, whole, cell.shown_households, amount)


def nothing_in(edition: Edition, year: int) -> Figure:
    begins_on = date(year, 1, 1)
    months, whole = months_known(Cell.Span.YEAR, begins_on, edition)
    return Figure(Cell.Span.YEAR, begins_on, months, whole, NOBODY, NOTHING)


def months_known(span: str, begins_on: date, edition: Edition) -> tuple[int, bool]:
    """How many months of the span the batch knows, and whether these are all and were over."""
    full = {Cell.Span.QUARTER: MONTHS_OF_A_QUARTER, Cell.Span.YEAR: MONTHS_OF_A_YEAR}.get(span, 1)
    known = min(full, edition.last_month_of(begins_on.year) - begins_on.month + 1)
    last = begins_on.replace(month=begins_on.month + known - 1)
    return known, known == full and end_of(last) <= edition.cutoff


def named(figures: Mapping[str, Figure], names: Mapping[str, Mode | Region]) -> Rows:
    """By the rows that are about something we know the name of; others would say nothing."""
    rows = [Row(names[key], figure) for key, figure in figures.items() if key in names]
    return Rows(most_first(row for row in rows if row.figure.is_shown), hidden_of(rows))


def most_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.figure.households, row.figure.amount), reverse=True)


def hidden_of(rows: Iterable[Row]) -> int:
    return sum(not row.figure.is_shown for row in rows)


def modes() -> dict[str, Mode]:
    return {mode.code: mode for mode in Mode.objects.all()}
