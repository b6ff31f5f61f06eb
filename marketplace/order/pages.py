"""What the order page says: heading, sum, and what became of the attempt to pay."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.offer.discounts import discount_row
from marketplace.order.holding import hold_of
from marketplace.order.models import Consignment, Order
from marketplace.order.states import GIVEN_UP, State
from marketplace.order.words import order_words
from marketplace.shipping.parcels import parcel_title


@dataclass(frozen=True)
class StepOnPage:
    """What happened to a parcel, when and why."""

    label: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class RefundOnPage:
    """Money that goes back or went back, in yuan; what it was for when somebody said so."""

    amount: Decimal
    words: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class ParcelOnPage:
    """A consignment under its number; its state as the clock has it."""

    number: int
    consignment: Consignment
    state: State

    @property
    def title(self) -> str:
        maker = self.consignment.partner.cooperative.short_name_text
        return parcel_title(self.number, maker)

    @property
    def next_step(self) -> str:
        """What is to happen next; "" at the end."""
        words = {
            State.AWAITING_PAYMENT: _("Then it is packed and sent"),
            State.PAID: _("Next the producer packs it"),
            State.PACKED: _("Next it is sent"),
            State.SHIPPED: _("Then it is at your door"),
        }
        return words.get(self.state, "")

    @property
    def promised_on(self) -> date | None:
        return self.consignment.promised_on if self.next_step else None

    @property
    def steps(self) -> list[StepOnPage]:
        """Newest first. One that has run out says so before anybody has noted it."""
        steps = [
            StepOnPage(step_label(step.state), step.at, step.reason)
            for step in self.consignment.steps.all()
        ]
        if self.state != self.consignment.state:
            steps.insert(0, StepOnPage(self.state.label, self.consignment.order.held_until))
        return steps


def step_label(state: str) -> str:
    return _("Order placed") if state == State.AWAITING_PAYMENT else State(state).label


def payment_words(payment: str) -> str:
    """Why the person is back here without having paid; "" for anything unknown."""
    words = {
        "unreachable": _(
            "The payment service cannot be reached just now. Your order is kept: try again in a "
            "moment. If you have already paid, it shows here as soon as we hear of it."
        ),
        "refused": _("The payment could not be started. Please choose another way to pay."),
        "no_card": _("Bank cards cannot be taken just now. Please choose Alipay or WeChat Pay."),
        "declined": _("The payment did not go through and nothing was taken. Please try again."),
        "waiting": _(
            "We have not heard of your payment yet. If you have paid, look here again in a minute."
        ),
        "mismatch": _("Something is not right with this payment. We are looking into it."),
        "under_way": _("A payment is under way just now. Please look again in a minute."),
    }
    return words.get(payment, "")


def notice_of(order: Order, state: State, outcome: str) -> str:
    """What has to be said above the parcels; `outcome` is what the address tells of."""
    if state == State.AWAITING_PAYMENT:
        return payment_words(outcome)
    if state in GIVEN_UP and has_money(order):
        return given_back_words(state)
    if state == State.EXPIRED:
        return _("Not paid in time: the goods are free for others again. Nothing was taken.")
    if state == State.CANCELLED:
        return _("This order is cancelled.")
    return cancelling_words(outcome)


def has_money(order: Order) -> bool:
    """Whether money came for it, in time or not."""
    payment = getattr(order, "payment", None)
    return payment is not None and payment.has_money


def given_back_words(state: State) -> str:
    if state == State.CANCELLED:
        return _("This order is cancelled. Your money goes back the way you paid.")
    return _(
        "Your money came after the goods were free for others again. All of it goes back the way "
        "you paid; there is nothing you have to do."
    )


def cancelling_words(outcome: str) -> str:
    """Why a paid order stays; "" for anything unknown."""
    words = {
        "paid_meanwhile": _(
            "Your payment came in the same moment: this order is paid. You can still cancel it, "
            "and the money goes back."
        ),
        "already_sent": _("A parcel of this order is on its way already. Please write to us."),
    }
    return words.get(outcome, "")


def refunds_of(order: Order) -> list[RefundOnPage]:
    """By the prefetched refunds, the first first; one that failed says that we look into it."""
    if not has_money(order):
        return []
    words = {
        "pending": _("on its way back to you"),
        "succeeded": _("refunded"),
        "failed": _("did not go through, we are looking into it"),
    }
    return [
        RefundOnPage(one.amount, words[one.state], one.settled_at or one.created_at, one.reason)
        for one in sorted(order.payment.refunds.all(), key=lambda one: one.pk)
    ]


def sum_rows(order: Order) -> list[tuple[str, str]]:
    """Goods at their full price, what was taken off, delivery; yuan by the prefetched discounts."""
    discounts = list(order.discounts.all())
    goods = order.goods_total + sum(discount.amount for discount in discounts)
    return [
        (_("Goods"), f"¥{goods:,.2f}"),
        *(discount_row(one.offer_name, one.bearer, one.amount) for one in discounts),
        (_("Delivery"), f"¥{order.shipping_incl_tax:,.2f}"),
    ]


def parcels_of(order: Order, state: State) -> list[ParcelOnPage]:
    """The consignments under their numbers; one that waits shares the order's fate."""
    waits = State.AWAITING_PAYMENT
    return [
        ParcelOnPage(number, one, state if one.state == waits else State(one.state))
        for number, one in enumerate(order.consignments.all(), 1)
    ]


def order_page(order: Order, outcome: str, now: datetime) -> dict[str, object]:
    """The context of the page; `outcome` is what the address tells of paying or cancelling."""
    state = order.state_at(now)
    return {
        "order": order,
        "heading": order_words(order, now),
        "problem": notice_of(order, state, outcome),
        "is_waiting": state == State.AWAITING_PAYMENT,
        "hold": hold_of(order, now),
        "is_given_up": state in GIVEN_UP,
        "cancellable_as": order.cancellable_as(now),
        "refunds": refunds_of(order),
        "parcels": parcels_of(order, state),
        "rows": sum_rows(order),
    }
