"""What lies on the accounts, read beside a payout."""

from marketplace.ledger.models import Entry


def balances():
    return {key: amount for key, amount in Entry.objects.balances().items() if amount}
