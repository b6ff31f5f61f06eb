"""One order as the operator reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.papers.models import Paper
from marketplace.dashboard.orders.querysets import ORDER_STATES, state_of
from marketplace.dashboard.payments.refund_rows import RefundOnPage
from marketplace.order.models import ConsignmentStep, Line, Order, OrderDiscount
from marketplace.order.pages import ParcelOnPage, parcels_of, step_label, sum_rows
from marketplace.order.papers import PaperRow
from marketplace.order.states import GIVEN_UP
from marketplace.payment.models import Payment


class KeptPaper(NamedTuple):
    """A paper as the order keeps it; `until` is its last day, None without end."""

    kind: str
    number: str
    issuer: str
    until: date | None


class LineOnPage(NamedTuple):
    line: Line
    papers: list[KeptPaper]


class StepOnPage(NamedTuple):
    label: str
    step: ConsignmentStep


@dataclass(frozen=True)
class OfficeParcel(ParcelOnPage):
    @property
    def history(self) -> list[StepOnPage]:
        """Every step that was written down, the first first."""
        steps = self.consignment.steps.all()
        return [StepOnPage(step_label(step.state), step) for step in steps]

    @property
    def lines(self) -> list[LineOnPage]:
        return [
            LineOnPage(line, [kept_paper(row) for row in line.papers])
            for line in self.consignment.lines.all()
        ]


def kept_paper(row: PaperRow) -> KeptPaper:
    until = row["valid_until"]
    return KeptPaper(
        dict(Paper.Kind.choices).get(row["kind"], row["kind"]),
        row["number"],
        row["issuer"],
        date.fromisoformat(until) if until else None,
    )


@dataclass(frozen=True)
class OrderPage:
    """An order read by `for_reading`, as the clock has it."""

    order: Order
    now: datetime

    @property
    def state(self) -> str:
        return state_of(self.order, self.now)

    @property
    def state_label(self) -> str:
        return dict(ORDER_STATES)[self.state]

    @property
    def parcels(self) -> list[OfficeParcel]:
        parcels = parcels_of(self.order, self.order.state_at(self.now))
        return [OfficeParcel(one.number, one.consignment, one.state) for one in parcels]

    @property
    def rows(self) -> list[tuple[str, str]]:
        return sum_rows(self.order)

    @property
    def discounts(self) -> list[OrderDiscount]:
        return list(self.order.discounts.all())

    @property
    def payment(self) -> Payment | None:
        return getattr(self.order, "payment", None)

    @property
    def refunds(self) -> list[RefundOnPage]:
        """The first first."""
        return [RefundOnPage(one) for one in self.payment.refunds.all()] if self.payment else []

    @property
    def may_be_refunded(self) -> bool:
        """Money that came too late goes back by itself, all of it."""
        payment = self.payment
        return bool(payment and payment.state == Payment.State.SUCCEEDED and payment.refundable)

    @property
    def why_not_refunded(self) -> str:
        if self.payment is None or not self.payment.has_money:
            return _("This order is not paid. There is nothing to give back.")
        if self.payment.state == Payment.State.LATE:
            return _("This money came too late and goes back by itself, all of it.")
        return _("Everything that was paid is given back already, or on its way.")

    @property
    def cancelling(self) -> str:
        """As what the order could be cancelled; "" when it cannot."""
        return self.order.cancellable_as(self.now) or ""

    @property
    def goes_back(self) -> Decimal:
        """Yuan that are paid back when the order is cancelled."""
        return self.payment.refundable if self.payment else Decimal(0)

    @property
    def why_not_cancelled(self) -> str:
        if self.cancelling:
            return ""
        if self.state in GIVEN_UP:
            return _("This order has been given up already. Nothing is left to cancel.")
        return _(
            "A parcel of this order has been sent, and what is sent cannot be cancelled. Money "
            "can still be given back."
        )
