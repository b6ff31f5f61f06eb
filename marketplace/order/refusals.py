"""Why a basket cannot become an order, beside what keeps a pack from being sold at all."""

from django.utils.translation import gettext as _

from marketplace.partner.refusals import Refusal


class BasketChanged(Refusal):
    """Not what the confirm page showed: changed in another window, or empty. `line` may be None."""

    @property
    def words(self) -> str:
        return _("The basket has changed meanwhile. Please look at it once more.")


class TotalChanged(Refusal):
    """Fees or discounts are no longer what the buyer was shown; `line` is None.

    `why` says, where that is known, which voucher does not count any more and for what reason.
    """

    def __init__(self, why: str = "") -> None:
        super().__init__(None)
        self.why = why

    @property
    def words(self) -> str:
        look = _("The total has changed meanwhile. Please look at it once more.")
        return f"{self.why} {look}" if self.why else look


class ConsentMissing(Refusal):
    """Perishable, and its return rule has not been agreed to for this purchase."""

    @property
    def words(self) -> str:
        return _("Still to be confirmed. If you would rather not, take it out of the basket.")
