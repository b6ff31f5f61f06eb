"""One refund as the operator reads it, on its order's page and in the list of all refunds."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from marketplace.payment.models import Refund, RefundPart


class PartOnPage(NamedTuple):
    """What a part of a refund is for, and how much of it."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class RefundOnPage:
    """A refund read by `for_office`."""

    refund: Refund

    @property
    def number(self) -> str:
        return self.refund.payment.order.number

    @property
    def parts(self) -> list[PartOnPage]:
        return [PartOnPage(part_words(one), one.amount) for one in self.refund.parts.all()]

    @property
    def who(self) -> str:
        """Who wished for it; money that came too late goes back by itself."""
        if self.refund.by:
            return str(self.refund.by)
        kinds = {Refund.Kind.LATE: _("By itself"), Refund.Kind.CANCELLED: _("The buyer")}
        return kinds.get(Refund.Kind(self.refund.kind), _("The market"))

    @property
    def began_at(self) -> datetime:
        return self.refund.created_at

    @property
    def may_be_tried_again(self) -> bool:
        return self.refund.state == Refund.State.FAILED and not self.refund.tried_again

    @property
    def state_words(self) -> str:
        """A refund that failed and was tried again needs nobody any more."""
        if self.refund.state == Refund.State.FAILED and self.refund.tried_again:
            return _("Failed, tried again")
        return self.refund.get_state_display()

    @property
    def state(self) -> str:
        """For its colour."""
        needs_nobody = self.refund.state == Refund.State.FAILED and self.refund.tried_again
        return "ended" if needs_nobody else self.refund.state


def part_words(part: RefundPart) -> str:
    if part.line:
        return part.line.title_text
    if part.consignment:
        maker = part.consignment.partner.cooperative.short_name_text
        return _("Delivery, %(maker)s") % {"maker": maker}
    return _("Everything that was paid")
