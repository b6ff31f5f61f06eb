"""Published sales, for public pages: what the batch that is shown counted as paid and kept."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from catalog.assistance.published import Edition
from marketplace.localised import localised_property
from marketplace.money import FEN, NOTHING
from marketplace.pictures import Colour
from marketplace.reports.models import SalesCell

KEPT = Sum("sold") - Sum("refunded")


@dataclass(frozen=True)
class Specialty:
    """Of goods sold; the neighbours of the four share the colour of grass."""

    key: int
    name: str
    name_en: str
    colour: str

    name_text = localised_property("name")

    @property
    def is_neighbour(self) -> bool:
        return self.colour == Colour.NEAR


@dataclass(frozen=True)
class YearSales:
    """In yuan, by month (1 to 12) and specialty; `months` are those that the batch knows.

    `producers` had something sold that was not wholly paid back.
    """

    months: range
    specialties: list[Specialty]
    by_month: Mapping[tuple[int, int], Decimal]
    producers: int

    def of(self, month: int, specialty: Specialty) -> Decimal:
        return self.by_month.get((month, specialty.key), NOTHING)

    def of_month(self, month: int) -> Decimal:
        return sum((self.of(month, each) for each in self.specialties), NOTHING)

    def of_specialty(self, specialty: Specialty) -> Decimal:
        return sum((self.of(month, specialty) for month in self.months), NOTHING)

    @property
    def total(self) -> Decimal:
        return sum(self.by_month.values(), NOTHING)


def read_sales(edition: Edition, year: int) -> YearSales:
    """In two queries, whatever the number of producers."""
    cells = SalesCell.objects.filter(batch=edition.key, month__year=year)
    specialties: dict[int, Specialty] = {}
    by_month: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    columns = ("pk", "name", "name_en", "colour")
    rows = cells.values_list("month", *(f"specialty__{column}" for column in columns))
    for month, *specialty, kept in rows.annotate(kept=KEPT).order_by("specialty__path", "month"):
        each = Specialty(*specialty)
        specialties[each.key] = each
        by_month[month.month, each.key] += kept.quantize(FEN)
    producers = cells.values("cooperative").annotate(kept=KEPT).filter(kept__gt=0).count()
    months = range(1, edition.last_month_of(year) + 1)
    return YearSales(months, list(specialties.values()), by_month, producers)
