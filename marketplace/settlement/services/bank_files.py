"""What is approved goes to the bank together, each payout counted once more."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.settlement.models import BankFile, Payout
from marketplace.settlement.models.payouts import State
from marketplace.settlement.refusals import PayoutRefused
from marketplace.settlement.services.locks import hold_accounts
from marketplace.settlement.services.payouts import check_payable, step


class Made(NamedTuple):
    """The file, or None when no payout could go into it; and why those left out were."""

    file: BankFile | None
    left_out: list[PayoutRefused]


@transaction.atomic
def make_bank_file(*, by: User, now: datetime) -> Made:
    """Of all payouts that are approved; those that refunds have uncovered since, or whose
    account was replaced, stay as they are. Two at once make one file."""
    approved = Payout.objects.filter(state=State.APPROVED)
    holders = list(approved.values_list("cooperative", flat=True))
    hold_accounts(holders)
    held = approved.filter(cooperative__in=holders)
    held = held.select_for_update(of=("self",)).select_related("cooperative", "account")
    covered, left_out = [], []
    for payout in held.order_by("pk"):
        try:
            check_payable(payout)
        except PayoutRefused as refusal:
            left_out.append(refusal)
        else:
            covered.append(payout)
    if not covered:
        return Made(None, left_out)
    file = BankFile.objects.create(made_at=now, made_by=by)
    for payout in covered:
        payout.bank_file = file
        step(payout, State.SENT, by, now)
    return Made(file, left_out)
