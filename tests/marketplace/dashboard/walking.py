"""Every address of the back office: who may enter it, and what its words name.

A new address needs a row here; test_walk.py fails without one and walks it with one.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from catalog.producers.invitations import Invitation, sign
from catalog.producers.models import Cooperative, Membership
from marketplace.accounts.models import User
from marketplace.dashboard import urls
from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.payment.models import Finding, Refund
from marketplace.shipping.models import Tariff
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.offers import offer_of, voucher_of
from tests.marketplace.buying import order_for
from tests.marketplace.dashboard.conftest import BEGINNING, OUTSIDERS, posted, somebody
from tests.marketplace.dashboard.money import failed, finding, give_back, with_money
from tests.marketplace.settlement.trade import (
    account_of,
    bank_file_of,
    payout_of,
    statement_of,
)

WUCHUAN, QINGSHUIHE = "150125", "150124"


def member_of(cooperative: Cooperative, role: str, name: str) -> User:
    user = somebody(name)
    Membership.objects.create(user=user, cooperative=cooperative, role=role, begins_on=BEGINNING)
    return user


class World:
    """Two cooperatives of which the second wants to see what is the first one's."""

    def __init__(self):
        self.ours, self.theirs = CooperativeFactory(), CooperativeFactory()

    @cached_property
    def order(self) -> Order:
        return order_for(ProductFactory(cooperative=self.ours))

    @cached_property
    def refund(self) -> Refund:
        return failed(give_back(with_money(ProductFactory(cooperative=self.ours))))

    @cached_property
    def stock(self) -> StockRecord:
        return self.order.lines.get().stockrecord


SEATS: dict[str, Callable[[World], User]] = {
    "operator": lambda world: posted("operator", "operator"),
    "county": lambda world: posted("county", "county_confirmer", WUCHUAN),
    "owner": lambda world: member_of(world.ours, "owner", "owner"),
    "clerk": lambda world: member_of(world.ours, "clerk", "clerk"),
    "accountant": lambda world: member_of(world.ours, "accountant", "accountant"),
    # Who is nobody here.
    "other county": lambda world: posted("other-county", "county_confirmer", QINGSHUIHE),
    "other owner": lambda world: member_of(world.theirs, "owner", "other-owner"),
    **{name: (lambda _, make=make: make()) for name, make in OUTSIDERS.items()},
}


class Row(NamedTuple):
    """Whose seats may enter the address; by its converters, what of the world they name."""

    seats: frozenset[str]
    names: dict[str, Callable[[World], object]] = {}


OPERATOR = frozenset({"operator"})
COUNTY = frozenset({"county"})
OWNER = frozenset({"owner"})
CLERKS = frozenset({"owner", "clerk"})
MONEY = frozenset({"owner", "accountant"})
MEMBERS = frozenset({"owner", "clerk", "accountant"})
ANYBODY = frozenset(SEATS)

ORDER = {"number": lambda world: world.order.number}
TARIFF = {
    "zone": lambda world: Tariff.objects.order_by("pk").first().zone.slug,
    "storage": lambda world: Tariff.objects.order_by("pk").first().storage,
}
OURS = {"cooperative": lambda world: world.ours.slug}
OUR_MONTH = {
    **OURS,
    "year": lambda world: statement_of(world.ours).month.year,
    "month": lambda world: statement_of(world.ours).month.month,
}
OUR_COUNTY = {"county": lambda world: WUCHUAN}

ROWS = {
    "home": Row(OPERATOR | COUNTY | MEMBERS | {"other county", "other owner"}),
    "orders": Row(OPERATOR),
    "order": Row(OPERATOR, ORDER),
    "cancel": Row(OPERATOR, ORDER),
    "refund": Row(OPERATOR, ORDER),
    "packing": Row(OPERATOR, ORDER),
    "packing_one": Row(OPERATOR, {**ORDER, "pk": lambda world: world.order.consignments.get().pk}),
    "payments": Row(OPERATOR),
    "compare": Row(OPERATOR),
    "finding": Row(OPERATOR, {"pk": lambda world: found().pk}),
    "refunds": Row(OPERATOR),
    "refund_again": Row(OPERATOR, {"pk": lambda world: world.refund.pk}),
    "messages": Row(OPERATOR),
    "message": Row(OPERATOR, {"pk": lambda world: message_about(world.order)}),
    "delivery": Row(OPERATOR),
    "tariff": Row(OPERATOR, TARIFF),
    "tariff_remove": Row(OPERATOR, TARIFF),
    "offers": Row(OPERATOR),
    "voucher_new": Row(OPERATOR),
    "offer_new": Row(OPERATOR),
    "voucher_end": Row(OPERATOR, {"pk": lambda world: voucher_of("WALK").pk}),
    "offer_end": Row(OPERATOR, {"pk": lambda world: offer_of().pk}),
    "stock": Row(OPERATOR),
    "pack": Row(OPERATOR, {"pk": lambda world: world.stock.pk}),
    "payouts": Row(OPERATOR),
    "payouts_all": Row(OPERATOR),
    "bank_file_new": Row(OPERATOR),
    "bank_file": Row(OPERATOR, {"pk": lambda world: bank_file_of(world.ours).pk}),
    "bank_account": Row(OPERATOR, {"pk": lambda world: account_of(world.ours).pk}),
    "payout": Row(OPERATOR, {"pk": lambda world: payout_of(world.ours).pk}),
    "coop_people": Row(OWNER, OURS),
    "coop_member": Row(OWNER, {**OURS, "pk": lambda world: hand_of(world.ours).pk}),
    "invitation": Row(frozenset({"consumer"}), {"token": lambda world: invitation_to(world.ours)}),
    "coop_money": Row(MONEY, OURS),
    "coop_account": Row(OWNER, OURS),
    "coop_statement": Row(MONEY, OUR_MONTH),
    "coop_statement_print": Row(MONEY, OUR_MONTH),
    "coop_statement_csv": Row(MONEY, OUR_MONTH),
    "county": Row(COUNTY, OUR_COUNTY),
    "coop": Row(MEMBERS, OURS),
}


def hand_of(cooperative: Cooperative) -> Membership:
    member_of(cooperative, "clerk", "hand")
    return Membership.objects.get(user__email="hand@example.com")


def invitation_to(cooperative: Cooperative) -> str:
    """For the consumer, who is nobody else here."""
    asked = Invitation(cooperative.pk, "consumer@example.com", "clerk", 0, 0)
    return sign(asked)


def found() -> Finding:
    finding("unknown_money", "pi_1")
    return Finding.objects.get()


def message_about(order: Order) -> int:
    return Message.objects.get(event=f"order_placed:{order.number}").pk


def walk(patterns):
    for pattern in patterns:
        yield from walk(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


PATTERNS = {pattern.name: pattern for pattern in walk(urls.urlpatterns)}
