"""What a person must decide about money, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marketplace.dashboard.payments.querysets import intents_of, refunds_of
from marketplace.dashboard.payments.refund_rows import RefundOnPage
from marketplace.dashboard.payments.words import WHAT_TO_DO
from marketplace.payment.models import Finding

Kind = Finding.Kind
ABOUT_THE_ORDER = (Kind.NO_MONEY, Kind.LEDGER)


@dataclass(frozen=True)
class FindingOnPage:
    """A finding. `intent` is Stripe's name of its order's payment, None when there is no such
    order here; `refund` is the one that failed, if it is about one."""

    finding: Finding
    intent: str | None
    refund: RefundOnPage | None

    @property
    def what_to_do(self) -> Promise | str:
        return WHAT_TO_DO[Kind(self.finding.kind)]

    @property
    def number(self) -> str:
        """Of an order that is here. What stands at Stripe may be any words."""
        return "" if self.intent is None else self.finding.order_number

    @property
    def stripe_id(self) -> str:
        if self.refund:
            return self.refund.refund.stripe_id or self.intent or ""
        about_the_order = self.finding.kind in ABOUT_THE_ORDER
        return self.intent or "" if about_the_order else self.finding.subject

    @property
    def failure(self) -> str:
        return self.refund.refund.failure if self.refund else ""

    @property
    def may_be_tried_again(self) -> bool:
        return self.refund is not None and self.refund.may_be_tried_again

    @property
    def outcome(self) -> str:
        """How it was closed; "" while it is open."""
        if self.finding.closed_at is None:
            return ""
        if self.finding.note:
            return self.finding.note
        return _("Tried again") if self.finding.closed_by else _("Gone by itself")


def on_page(findings: Iterable[Finding]) -> list[FindingOnPage]:
    found = list(findings)
    intents, refunds = intents_of(found), refunds_of(found)
    return [
        FindingOnPage(
            one,
            intents.get(one.order_number),
            RefundOnPage(refunds[one.subject]) if one.subject in refunds else None,
        )
        for one in found
    ]
