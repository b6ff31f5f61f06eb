"""The page of a month, and its table for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.core.paginator import Page
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative
from marketplace.dashboard.listing import FilterForm, read_page
from marketplace.dashboard.orders.ledger import signed
from marketplace.dashboard.settlement.money import month_url
from marketplace.dashboard.settlement.sums import Sum, month_words, sums_of
from marketplace.settlement.rows import Detail, Row
from marketplace.settlement.sheets import Sheet, read_sheet
from marketplace.shop.templatetags.shop_format import with_yuan

AT_ONCE = 500


@dataclass(frozen=True)
class DetailOnPage:
    one: Detail

    @property
    def own_taken(self) -> Decimal:
        return -self.one.own_discount

    @property
    def fee_taken(self) -> Decimal:
        return -self.one.fee

    @property
    def words(self) -> str:
        return signed(self.one.net)


@dataclass(frozen=True)
class RowOnPage:
    row: Row

    @property
    def words(self) -> str:
        return signed(self.row.net)

    @property
    def details(self) -> list[DetailOnPage]:
        return [DetailOnPage(one) for one in self.row.details]


@dataclass(frozen=True)
class SheetPage:
    sheet: Sheet
    page: Page | None = None

    @property
    def number(self) -> str:
        return self.sheet.statement.number if self.sheet.statement else ""

    @property
    def sums(self) -> list[Sum]:
        return sums_of(self.sheet)

    @property
    def closing(self) -> str:
        return with_yuan(self.sheet.closing)

    @property
    def month_text(self) -> str:
        return month_words(self.sheet.month)

    @cached_property
    def rows(self) -> list[RowOnPage]:
        """Of the page; of the whole month when it has no pages."""
        rows = self.sheet.rows(self.page.object_list) if self.page else all_rows(self.sheet)
        return [RowOnPage(row) for row in rows]

    @property
    def csv_url(self) -> str:
        return month_url(self.sheet.cooperative, self.sheet.month, "coop_statement_csv")

    @property
    def print_url(self) -> str:
        return month_url(self.sheet.cooperative, self.sheet.month, "coop_statement_print")

    @property
    def url(self) -> str:
        return month_url(self.sheet.cooperative, self.sheet.month)


def find_sheet(cooperative: Cooperative, year: int, month: int, now: datetime) -> Sheet:
    """Raises Http404 for what is no month of this cooperative."""
    is_month = 1 <= month <= 12 and 2000 <= year <= 9998
    first_day = date(year, month, 1) if is_month else None
    sheet = first_day and read_sheet(cooperative=cooperative, month=first_day, now=now)
    if not sheet:
        raise Http404
    return sheet


def read_sheet_page(sheet: Sheet, params: QueryDict) -> SheetPage:
    """Raises NoSuchPage."""
    postings = sheet.postings
    path = month_url(sheet.cooperative, sheet.month)
    page = read_page(postings, total=postings.count(), form=FilterForm(params), path=path)
    return SheetPage(sheet, page)


def all_rows(sheet: Sheet) -> Iterator[Row]:
    """Read in portions: a month may have thousands."""
    postings = list(sheet.postings)
    for start in range(0, len(postings), AT_ONCE):
        yield from sheet.rows(postings[start : start + AT_ONCE])


def table_of(sheet: Sheet) -> Iterator[list[object]]:
    """One line for each detail; the last column is what it added to the balance."""
    yield [
        _("Day"),
        _("What"),
        _("Order or payout"),
        _("Good"),
        _("Packs"),
        _("Goods at their prices"),
        _("Discounts that you bear"),
        _("Discounts borne by the market"),
        _("Delivery"),
        _("Refunds"),
        _("Fee rate"),
        _("The market's fee"),
        _("Paid out"),
        _("Adds to the balance"),
    ]
    yield sum_line(_("Opening balance"), sheet.opening)
    for row in all_rows(sheet):
        for detail in row.details:
            yield detail_line(row, detail)
    yield sum_line(_("Closing balance"), sheet.closing)


def sum_line(label: str, amount: object) -> list[object]:
    return ["", label, *[""] * 11, amount]


def detail_line(row: Row, detail: Detail) -> list[object]:
    return [
        timezone.localdate(row.posting.at).isoformat(),
        row.title,
        row.posting.reference,
        detail.label,
        detail.quantity or "",
        detail.price,
        detail.own_discount,
        detail.market,
        detail.column("delivery"),
        detail.column("refunded"),
        detail.fee_percent,
        detail.fee,
        detail.column("paid_out"),
        detail.net,
    ]
