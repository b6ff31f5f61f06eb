"""One page of all goods of the market."""

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.compliance import missing_by_product
from catalog.models import Product
from marketplace.dashboard.catalogue.forms import CatalogueFilterForm
from marketplace.dashboard.catalogue.querysets import (
    STATES,
    WITHDRAWN,
    count_states,
    find_all,
    for_rows,
    in_state,
)
from marketplace.dashboard.goods import listing as goods_room
from marketplace.dashboard.goods.reasons import reasons_of
from marketplace.dashboard.listing import Chip, Listing, read_page


@dataclass(frozen=True)
class Row(goods_room.Row):
    @property
    def state(self) -> str:
        return WITHDRAWN if self.product.withdrawal_id else super().state

    @property
    def state_label(self) -> str:
        return dict(STATES)[self.state]


@dataclass(frozen=True)
class Catalogue(Listing):
    BY = "state"

    rows: list[Row] = field(default_factory=list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def read_catalogue(*, params: QueryDict, path: str, day: date) -> Catalogue:
    """The page that the address asks for. Raises NoSuchPage."""
    form = CatalogueFilterForm(params)
    chosen = form.chosen
    goods, state = find_all(chosen), chosen.get("state", "")
    counts = count_states(goods, day)
    wanted = for_rows(in_state(goods, state, day), chosen.get("sort", ""))
    page = read_page(wanted, total=counts[state], form=form, path=path)
    return Catalogue(form, page, counts, path, rows_of(list(page.object_list), form, day))


def rows_of(products: list[Product], form: CatalogueFilterForm, day: date) -> list[Row]:
    """Each leads to its page with the filters in the address, which leads back to them."""
    missing = missing_by_product(products=products, day=day)
    return [
        Row(
            product,
            reasons_of(product, missing[product.pk], day),
            form.address(reverse("backoffice:any_good", args=[product.pk]), form.page or 1),
        )
        for product in products
    ]
