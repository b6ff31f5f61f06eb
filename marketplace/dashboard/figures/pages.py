"""What the operator sees of batches: all of them, and every figure of one with its true values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.assistance.figures.changes import only_little
from catalog.assistance.figures.shapes import SMALLEST_SHOWN, WITHOUT_SPECIALTY, Place
from catalog.assistance.models import Batch, Cell, Mode
from catalog.assistance.services.batches import NOT_PROVED
from catalog.models import Category
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.dashboard.figures.forms import CHANGED, LITTLE, SMALL, WITH_THEM, CellFilterForm
from marketplace.dashboard.listing import Chip, FilterForm, Listing, read_page
from marketplace.dashboard.orders.ledger import signed
from marketplace.dashboard.settlement.sums import month_words

Table, Span = Cell.Table, Cell.Span
PLACE = Place._fields


@dataclass(frozen=True)
class BatchOnPage:
    batch: Batch

    @property
    def title(self) -> str:
        return month_words(self.batch.month)

    @property
    def is_busy(self) -> bool:
        return self.batch.state == Batch.State.MAKING

    @property
    def is_ready(self) -> bool:
        return self.batch.state == Batch.State.READY

    @property
    def may_be_dropped(self) -> bool:
        return self.batch.state in Batch.UNDER_WAY

    @property
    def is_proved(self) -> bool:
        return "narrowest" in self.batch.proof

    @property
    def failure(self) -> str:
        """Why it failed, in words."""
        reason = self.batch.proof.get("failure")
        if not reason:
            return ""
        if reason == NOT_PROVED:
            return _("Some hidden figures could be worked out, so nothing may be published.")
        return _("Counting broke off. Begin again; if it breaks off again, look at the log.")


def read_batches(params: QueryDict, path: str) -> Page:
    """The page that the address asks for, the newest first. Raises NoSuchPage."""
    batches = Batch.objects.select_related("begun_by", "published_by").order_by("-pk")
    total = Batch.objects.count()
    page = read_page(batches, total=total, form=FilterForm(params), path=path)
    page.rows = [BatchOnPage(batch) for batch in page.object_list]
    return page


class Change(NamedTuple):
    """Households and yuan more than in the batch published before; None: it had no such figure."""

    households: int
    amount: Decimal

    @property
    def words(self) -> str:
        """+3 households, −¥20.00; empty when nothing changed."""
        if not self.households and not self.amount:
            return ""
        sign = "+" if self.households > 0 else "−" if self.households else ""
        more = {"count": f"{sign}{abs(self.households)}", "amount": signed(self.amount)}
        return _("%(count)s households, %(amount)s") % more


@dataclass(frozen=True)
class CellOnPage:
    cell: Cell
    name: str
    before: Cell | None

    @property
    def when(self) -> str:
        begins = self.cell.begins_on
        if self.cell.span == Span.MONTH:
            return month_words(begins)
        if self.cell.span == Span.YEAR:
            return _("Year %(year)s") % {"year": begins.year}
        quarter = {"year": begins.year, "quarter": begins.month // 3 + 1}
        return _("Quarter %(quarter)s of %(year)s") % quarter

    @property
    def is_small(self) -> bool:
        return self.cell.households < SMALLEST_SHOWN

    @property
    def change(self) -> Change | None:
        if self.before is None:
            return None
        more = self.cell.households - self.before.households
        return Change(more, self.cell.amount - self.before.amount)


@dataclass(frozen=True)
class CellList(Listing):
    BY = "table"

    rows: list[CellOnPage] = field(default_factory=list)
    before: Batch | None = None

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All tables")), *Table.choices])


def read_cells(batch: Batch, *, params: QueryDict, path: str) -> CellList:
    """The figures that the address asks for, in a fixed number of queries. Raises NoSuchPage."""
    form = CellFilterForm(params)
    before = Batch.objects.published_before(batch)
    cells = only(batch, form.chosen.get("only", ""), before)
    found = dict(cells.order_by().values_list("table").annotate(Count("pk")))
    counts = {table: found.get(table, 0) for table in Table} | {"": sum(found.values())}
    table = form.chosen.get("table", "")
    chosen = cells.filter(table=table) if table else cells
    page = read_page(chosen.order_by(*PLACE), total=counts[table], form=form, path=path)
    rows = rows_of(page.object_list, before)
    return CellList(form, page, counts, path, rows, before)


def only(batch: Batch, what: str, before: Batch | None) -> QuerySet[Cell]:
    cells = batch.cells.all()
    if what == SMALL:
        return cells.filter(is_hidden=True, households__lt=SMALLEST_SHOWN)
    if what == WITH_THEM:
        return cells.filter(is_hidden=True, households__gte=SMALLEST_SHOWN)
    if what == CHANGED:
        same = {name: OuterRef(name) for name in (*PLACE, "households", "amount")}
        return cells.filter(~Exists(Cell.objects.filter(batch=before, **same)))
    if what == LITTLE:
        return only_little(cells, batch, before)
    return cells


def rows_of(cells: Iterable[Cell], before: Batch | None) -> list[CellOnPage]:
    shown = list(cells)
    names = names_of(shown)
    others = Cell.objects.filter(
        batch=before,
        row__in={cell.row for cell in shown},
        begins_on__in={cell.begins_on for cell in shown},
    )
    earlier = {place_of(cell): cell for cell in others}
    return [
        CellOnPage(cell, names.get((cell.table, cell.row), cell.row), earlier.get(place_of(cell)))
        for cell in shown
    ]


def place_of(cell: Cell) -> tuple[str, str, str, date]:
    return cell.table, cell.row, cell.span, cell.begins_on


def names_of(cells: Iterable[Cell | Place]) -> dict[tuple[str, str], str]:
    rows: dict[str, set[str]] = {table: set() for table in Table}
    for cell in cells:
        rows[cell.table].add(cell.row)
    keys = [row for row in rows[Table.SPECIALTY] if row != WITHOUT_SPECIALTY]
    counties = Region.objects.filter(pk__in=rows[Table.COUNTY])
    modes = Mode.objects.filter(code__in=rows[Table.MODE])
    goods = Category.objects.filter(pk__in=keys)
    makers = Cooperative.objects.filter(pk__in=rows[Table.COOPERATIVE])
    return {
        (Table.ALL, ""): _("All assistance"),
        (Table.SPECIALTY, WITHOUT_SPECIALTY): _("Of no single specialty"),
        **{(Table.COUNTY, one.pk): one.name_text for one in counties},
        **{(Table.MODE, one.code): one.name_text for one in modes},
        **{(Table.SPECIALTY, str(one.pk)): one.name_text for one in goods},
        **{(Table.COOPERATIVE, str(one.pk)): one.short_name_text for one in makers},
    }
