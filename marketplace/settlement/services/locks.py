"""Holding the accounts of cooperatives, so that two never pay out the same money."""

from collections.abc import Iterable

from marketplace.ledger.models import Account
from marketplace.ledger.services import Place, open_accounts
from marketplace.settlement.columns import OURS


def hold_accounts(holders: Iterable[int]) -> None:
    """Lock both accounts of each cooperative, in pk order, until the transaction ends.

    What is posted to them meanwhile waits; what was posted before is seen. Payouts are locked
    after them, never before.
    """
    accounts = open_accounts(Place(kind, holder) for holder in holders for kind in OURS)
    keys = [account.pk for account in accounts.values()]
    list(Account.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
