"""All that the page of figures shows of one year, in six queries."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog.assistance.published import (
    Edition,
    Figure,
    YearFigures,
    current_edition,
    read_year,
)
from marketplace.reports.published import YearSales, read_sales
from marketplace.shop.impact.drawings import SalesChart, bars_of, table_of
from marketplace.shop.impact.words import in_unit, months_words, unit_for
from marketplace.shop.kept_pages import remembered


@dataclass(frozen=True)
class KeyFigure:
    """A number large, its unit small, what it counts beneath. What is hidden has words instead."""

    name: str
    label: str
    number: str
    unit: str = ""


@dataclass(frozen=True)
class Impact:
    """Figures and sales of one year, as the batch that is shown has them."""

    edition: Edition
    year: int
    figures: YearFigures
    sales: YearSales

    @property
    def period(self) -> str:
        return months_words(self.year, self.edition.last_month_of(self.year))

    @property
    def key_figures(self) -> list[KeyFigure]:
        return [
            sales_figure(self.sales),
            households_figure(self.figures.total),
            paid_figure(self.figures.total),
            producers_figure(self.sales),
        ]

    @cached_property
    def chart(self) -> SalesChart | None:
        """None while nothing was sold."""
        return SalesChart(self.sales) if self.sales.specialties else None

    @property
    def sales_table(self) -> list:
        return table_of(self.sales)

    @property
    def mode_bars(self) -> list:
        return bars_of(self.figures.by_mode)

    @property
    def county_bars(self) -> list:
        return bars_of(self.figures.by_county)


def read_impact(year: int | None = None) -> Impact | None:
    """Of the latest year without one asked for; None when the batch does not know the year, and
    before the first batch."""
    edition = current_edition()
    if edition is None:
        return None
    asked = edition.month.year if year is None else year
    if asked not in edition.years:
        return None
    return Impact(edition, asked, read_year(edition, asked), read_sales(edition, asked))


def current_impact() -> Impact | None:
    """For sections of other pages, which share one reading."""
    return remembered("impact", read_impact)


def sales_figure(sales: YearSales) -> KeyFigure:
    unit = unit_for(sales.total)
    label = _("Sales paid and not refunded")
    return KeyFigure("sales", label, in_unit(sales.total, unit), unit.name)


def households_figure(total: Figure) -> KeyFigure:
    label = _("Households with confirmed benefit records")
    if not total.is_shown:
        return KeyFigure("households", label, pgettext("figures", "Not shown"))
    unit = ngettext("household", "households", total.households)
    return KeyFigure("households", label, f"{total.households:,}", unit)


def paid_figure(total: Figure) -> KeyFigure:
    label = _("Paid to households: purchases, wages, dividends")
    if not total.is_shown:
        return KeyFigure("paid", label, pgettext("figures", "Not shown"))
    unit = unit_for(total.amount)
    return KeyFigure("paid", label, in_unit(total.amount, unit), unit.name)


def producers_figure(sales: YearSales) -> KeyFigure:
    unit = ngettext("producer", "producers", sales.producers)
    return KeyFigure("producers", _("Producers that supplied"), f"{sales.producers:,}", unit)
