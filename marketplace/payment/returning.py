"""Coming back from paying: asking what became of it, with growing pauses and an end.

Stripe is asked once in `SPARING` seconds for each payment, however many pages stand open.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.cache import cache

from marketplace.payment.gateway import GatewayDown, GatewayRefused
from marketplace.payment.models import Payment
from marketplace.payment.services import Outcome, outcome_of, settle

PAUSES = (2, 3, 5, 8, 13, 21, 34, 55)  # seconds before each further ask
SPARING = 1.5


class Silence(StrEnum):
    """Why nothing is known of a payment just now."""

    UNREACHABLE = "unreachable"  # the gateway did not answer; another try may help
    REFUSED = "refused"  # it answered that it will not tell
    SPARED = "spared"  # somebody asked a moment ago


Answer = Outcome | Silence

# How many further asks an answer is worth; the others are final.
PATIENCE: dict[Answer, int] = {
    Outcome.PROCESSING: len(PAUSES),
    Outcome.WAITING: 2,
    Silence.UNREACHABLE: 4,
    Silence.SPARED: len(PAUSES),
}


@dataclass(frozen=True)
class Visit:
    """One look at the payment, the `asked`-th after the first of this wait, and its answer."""

    answer: Answer
    asked: int

    @property
    def goes_on(self) -> bool:
        return self.asked < PATIENCE.get(self.answer, 0)

    @property
    def is_slow(self) -> bool:
        """The money is on its way, but asking further is of no use."""
        return self.answer == Outcome.PROCESSING and not self.goes_on

    @property
    def outcome(self) -> str:
        """What the order's page is told; it knows itself when the order is paid."""
        words = {
            Outcome.PAID: "",
            Silence.REFUSED: Silence.UNREACHABLE.value,
            Silence.SPARED: Outcome.WAITING.value,
        }
        return words.get(self.answer, self.answer.value)

    @property
    def pause(self) -> int:
        """Seconds before the next look."""
        return PAUSES[self.asked]

    @property
    def asks(self) -> range:
        """The numbers of all looks that this answer is worth, for the page to tick off."""
        return range(1, PATIENCE[self.answer] + 1)

    @property
    def next(self) -> int:
        return self.asked + 1


def count_of(asked: str) -> int:
    """What a page says about how often it has asked; anything else begins anew."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) == 1
    return min(int(asked), len(PAUSES)) if is_number else 0


def look(*, payment: Payment, now: datetime) -> Answer:
    """Settle the payment and say how it stands; changes nothing while nothing is known."""
    if payment.has_money:
        return outcome_of(payment)
    if not cache.add(f"payment-asked:{payment.pk}", True, SPARING):
        is_open = payment.state == Payment.State.WAITING
        return Silence.SPARED if is_open else outcome_of(payment)
    try:
        return settle(payment_id=payment.pk, now=now)
    except GatewayDown:
        return Silence.UNREACHABLE
    except GatewayRefused:
        return Silence.REFUSED
