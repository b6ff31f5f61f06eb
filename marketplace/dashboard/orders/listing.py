"""One page of the list of orders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.accounts.mobile import masked
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.orders.forms import OrderFilterForm
from marketplace.dashboard.orders.querysets import (
    ORDER_STATES,
    count_states,
    find_orders,
    for_rows,
    in_state,
    state_of,
)
from marketplace.localised import listing
from marketplace.order.models import Order


@dataclass(frozen=True)
class Row:
    """An order in the list; whoever bought it is known by a masked number only."""

    order: Order
    state: str

    @property
    def state_label(self) -> str:
        return dict(ORDER_STATES)[self.state]

    @property
    def placed(self) -> datetime:
        return self.order.date_placed

    @property
    def mobile(self) -> str:
        return masked(self.order.shipping_address.mobile)

    @property
    def makers(self) -> str:
        parcels = self.order.consignments.all()
        return listing(dict.fromkeys(p.partner.cooperative.short_name_text for p in parcels))

    @property
    def total(self) -> Decimal:
        return self.order.total_incl_tax


@dataclass(frozen=True)
class OrderList(Listing):
    BY = "state"

    now: datetime

    @property
    def rows(self) -> Iterator[Row]:
        return (Row(order, state_of(order, self.now)) for order in self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        """The states that occur among the orders found, and the one that was chosen."""
        options, kept = [("", _("All")), *ORDER_STATES], ("", self.choice)
        return self.chips_for((v, label) for v, label in options if self.counts[v] or v in kept)


def read_orders(*, params: QueryDict, path: str, now: datetime) -> OrderList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = OrderFilterForm(params)
    orders, state = find_orders(form.chosen), form.chosen.get("state", "")
    counts = count_states(orders, now)
    rows = for_rows(in_state(orders, state, now) if state else orders)
    page = read_page(rows, total=counts[state], form=form, path=path)
    return OrderList(form, page, counts, path, now)
