"""One page of a cooperative's goods, and the table of their prices and stock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.compliance import missing_by_product
from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.dashboard.goods.forms import GoodsFilterForm, RowForm, WordsForm
from marketplace.dashboard.goods.querysets import (
    NOT_FOR_SALE,
    SELLING,
    SOLD_OUT,
    STATES,
    count_states,
    find_goods,
    for_goods,
    is_in,
    packs_of,
)
from marketplace.dashboard.goods.reasons import reasons_of
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.partner.shelf import Wanted


@dataclass(frozen=True)
class Row:
    """A good with its packs, and why it is not for sale, if it is not."""

    product: Product
    reasons: list[str]
    url: str

    @property
    def state(self) -> str:
        if self.reasons:
            return NOT_FOR_SALE
        return SELLING if self.product.in_stock else SOLD_OUT

    @property
    def state_label(self) -> str:
        return dict(STATES)[self.state]


@dataclass(frozen=True)
class GoodsList(Listing):
    BY = "state"

    rows: list[Row] = field(default_factory=list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def read_goods(*, cooperative: Cooperative, params: QueryDict, path: str, day: date) -> GoodsList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = GoodsFilterForm(params)
    goods, state = find_goods(cooperative, form.chosen), form.chosen.get("state", "")
    counts = count_states(goods, day)
    wanted = for_goods(goods.filter(is_in(state, day)) if state else goods)
    page = read_page(wanted, total=counts[state], form=form, path=path)
    return GoodsList(form, page, counts, path, rows_of(list(page.object_list), day))


def rows_of(products: list[Product], day: date) -> list[Row]:
    missing = missing_by_product(products=products, day=day)
    return [
        Row(
            product,
            reasons_of(product, missing[product.pk], day),
            reverse("backoffice:good", args=[product.cooperative.slug, product.pk]),
        )
        for product in products
    ]


@dataclass(frozen=True)
class PackForms:
    """A form for price and stock of each of some packs, sent together."""

    rows: list[RowForm]

    @property
    def sent(self) -> list[RowForm]:
        return [row for row in self.rows if row.is_bound]

    @property
    def is_right(self) -> bool:
        """Every row that was sent; all of them are looked at, so that all errors are said."""
        return not [row for row in self.sent if not row.is_valid()]

    @property
    def wanted(self) -> dict[int, Wanted]:
        return {row.record.pk: row.wanted for row in self.sent}

    def look_again(self, errors: Mapping[int, dict[str, str]]) -> None:
        for row in self.sent:
            row.look_again(errors.get(row.record.pk, {}))

    @property
    def wrong(self) -> int:
        """How many rows are not right."""
        return sum(bool(row.errors) for row in self.sent)


@dataclass(frozen=True)
class Grid(PackForms):
    """One page of packs with a form each."""

    form: WordsForm
    page: Page
    path: str

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def address(self) -> str:
        """Of this page, where it is sent to and shown again."""
        return self.form.address(self.path, self.page.number)


def read_grid(
    *, cooperative: Cooperative, params: QueryDict, path: str, data: QueryDict | None = None
) -> Grid:
    """The page of packs that the address asks for, with what was typed. Raises NoSuchPage."""
    form = WordsForm(params)
    packs = packs_of(cooperative, form.chosen)
    page = read_page(packs, total=packs.order_by().count(), form=form, path=path)
    return Grid([RowForm(data, record) for record in page.object_list], form, page, path)


def read_packs(*, good: Product, data: QueryDict | None = None) -> PackForms:
    """All packs of one good, with what was typed."""
    packs = packs_of(good.cooperative, {}).filter(product__parent=good)
    return PackForms([RowForm(data, record) for record in packs])
