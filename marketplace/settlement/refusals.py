"""Why nothing is paid out. Whoever raises one of these has changed nothing."""

from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative


class PayoutRefused(Exception):
    """`words` say why in the reader's language."""

    @property
    def words(self) -> str:
        return _("This payout has gone on meanwhile. Please look at it again.")


class OfCooperative(PayoutRefused):
    def __init__(self, cooperative: Cooperative) -> None:
        super().__init__(str(cooperative))
        self.cooperative = cooperative

    @property
    def maker(self) -> dict[str, str]:
        return {"maker": self.cooperative.short_name_text}


class NotCovered(OfCooperative):
    """More than is payable."""

    def __init__(self, cooperative: Cooperative, payable: Decimal) -> None:
        super().__init__(cooperative)
        self.payable = payable

    @property
    def words(self) -> str:
        left = {"amount": f"{max(self.payable, Decimal(0)):,.2f}"}
        words = _("%(maker)s: ¥%(amount)s can be paid out just now, not more.")
        return words % (self.maker | left)


class UnderWay(OfCooperative):
    @property
    def words(self) -> str:
        return _("%(maker)s: a payout is under way already. End it first.") % self.maker


class NoAccount(OfCooperative):
    @property
    def words(self) -> str:
        return _("%(maker)s: no bank account is confirmed.") % self.maker


class AccountReplaced(OfCooperative):
    @property
    def words(self) -> str:
        return (
            _("%(maker)s: another bank account was confirmed. Withdraw this and propose it anew.")
            % self.maker
        )


class OwnProposal(PayoutRefused):
    @property
    def words(self) -> str:
        return _("You proposed this payout. Somebody else must approve it.")


class AccountRefused(Exception):
    """A bank account that waits no longer, or that its own writer would confirm."""

    def __init__(self, *, is_own: bool = False) -> None:
        super().__init__()
        self.is_own = is_own

    @property
    def words(self) -> str:
        if self.is_own:
            return _("You wrote this account down. Somebody else must confirm it.")
        return _("This account waits no longer. Please look again.")
