"""Trade of a cooperative: sold, delivered, given back, paid out."""

from datetime import date, datetime
from decimal import Decimal

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.ledger.models import Entry
from marketplace.order.models import Consignment, Order
from marketplace.order.services import mark_paid, move
from marketplace.payment.models import Payment
from marketplace.payment.posting import post_payment
from marketplace.settlement import services
from marketplace.settlement.columns import COLUMNS
from marketplace.settlement.models import BankAccount, BankFile, Payout, PayoutStep, Statement
from marketplace.settlement.purses import Purse, read_purse
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.dashboard.money import with_money

STATES = ("packed", "shipped", "delivered", "completed")


def yuan(amount: str) -> Decimal:
    return Decimal(amount)


def maker_with_goods(price: str = "20.00") -> tuple[Cooperative, object]:
    maker = CooperativeFactory()
    return maker, ProductFactory(cooperative=maker, packs=[(price, 999, 1000)])


def lead(order: Order, to: str, now: datetime = NOW) -> Order:
    """All of its parcels on their way until they are in the state."""
    for state in STATES[: STATES.index(to) + 1]:
        parcels = Consignment.objects.filter(order=order)
        move(consignments=parcels, to=state, by=None, reason="", now=now)
    return order


def delivered(*wanted) -> Order:
    return lead(with_money(*wanted), "delivered")


def unpaid(*wanted) -> Order:
    return order_for(*wanted)


def delivery_of(order: Order) -> Decimal:
    return order.shipping_incl_tax


def account_of(maker: Cooperative, number: str = "6228480012345678901") -> BankAccount:
    """One that an operator has confirmed."""
    written = services.write_account(
        cooperative=maker,
        holder="武川云麦垛合作社",
        number=number,
        bank="农业银行武川支行",
        by=person("treasurer"),
        now=NOW,
    )
    return services.confirm_account(account_id=written.pk, by=person("checker"), now=NOW)


def person(name: str) -> User:
    return User.objects.get_or_create(email=f"{name}@example.com")[0]


def take_money(order: Order, now: datetime = NOW) -> Payment:
    """As a gateway that has been paid."""
    mark_paid(order=order, now=now)
    payment = Payment.objects.create(
        order=order, amount=order.total_incl_tax, state="succeeded", settled_at=now
    )
    post_payment(payment)
    return payment


def purse(maker: Cooperative) -> Purse:
    return read_purse(maker.pk)


def propose(maker: Cooperative, amount: str, by: User | None = None) -> Payout:
    amounts = {maker.pk: yuan(amount)}
    by = by or person("proposer")
    return services.propose_payouts(amounts=amounts, by=by, now=NOW)[0]


def approve(payout: Payout, by: User | None = None) -> Payout:
    return services.approve(payout_id=payout.pk, by=by or person("approver"), now=NOW)


def send() -> BankFile | None:
    return services.make_bank_file(by=person("approver"), now=NOW).file


def pay(payout: Payout, slip: str = "ABC-1") -> Payout:
    about = {"slip": slip, "paid_on": NOW.date(), "by": person("approver"), "now": NOW}
    return services.mark_paid(payout_id=payout.pk, **about)


def pay_out(maker: Cooperative, amount: str) -> Payout:
    """All the way."""
    payout = approve(propose(maker, amount))
    send()
    return pay(payout)


def payout_of(maker: Cooperative) -> Payout:
    """A payout that waits for approval, of goods that were delivered."""
    account_of(maker)
    delivered(ProductFactory(cooperative=maker))
    return propose(maker, "5.00")


def bank_file_of(maker: Cooperative) -> BankFile:
    approve(payout_of(maker))
    return send()


def statement_of(maker: Cooperative) -> Statement:
    """Of a month in which nothing was moved."""
    return Statement.objects.get_or_create(
        cooperative=maker,
        month=date(2026, 10, 1),
        defaults={
            "number": f"JS202610-{maker.pk}",
            "made_at": NOW,
            **dict.fromkeys(("opening", "goods", "closing", *COLUMNS), 0),
        },
    )[0]


def all_of_it() -> tuple:
    """All that a refusal must leave as it was."""
    return (
        list(Payout.objects.order_by("pk").values()),
        list(PayoutStep.objects.order_by("pk").values()),
        list(BankAccount.objects.order_by("pk").values()),
        list(BankFile.objects.order_by("pk").values()),
        list(Statement.objects.order_by("pk").values()),
        list(Entry.objects.order_by("pk").values()),
    )
