"""Payouts: one operator proposes, another approves, the bank pays, the ledger is told."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.ledger.models import Account, Entry
from marketplace.ledger.services import Move, Place, post, post_reverse
from marketplace.money import FEN, NOTHING
from marketplace.settlement.models import OPEN, BankAccount, Payout, PayoutStep
from marketplace.settlement.models.payouts import FOLLOWING, State
from marketplace.settlement.purses import read_purse, read_purses
from marketplace.settlement.refusals import (
    AccountReplaced,
    NoAccount,
    NotCovered,
    OwnProposal,
    PayoutRefused,
    UnderWay,
)
from marketplace.settlement.services.locks import hold_accounts


@transaction.atomic
def propose_payouts(*, amounts: Mapping[int, Decimal], by: User, now: datetime) -> list[Payout]:
    """One payout for each cooperative by its key, or none at all.

    Raises NotCovered, UnderWay or NoAccount for the first that cannot be.
    """
    hold_accounts(amounts)
    makers = Cooperative.objects.in_bulk(amounts)
    accounts = confirmed_accounts(amounts)
    busy = Payout.objects.filter(cooperative__in=amounts, state__in=OPEN).values("cooperative")
    busy_keys = {row["cooperative"] for row in busy}
    purses = read_purses(list(amounts))
    made = []
    for key, amount in sorted(amounts.items()):
        if key in busy_keys:
            raise UnderWay(makers[key])
        if key not in accounts:
            raise NoAccount(makers[key])
        payable = purses[key].payable
        if not 0 < amount <= payable or amount != amount.quantize(FEN):
            raise NotCovered(makers[key], payable)
        payout = Payout.objects.create(
            cooperative=makers[key],
            account=accounts[key],
            amount=amount,
            payable=payable,
            proposed_by=by,
            proposed_at=now,
        )
        write_step(payout, by, now)
        made.append(payout)
    return made


def confirmed_accounts(holders: Mapping[int, Decimal]) -> dict[int, BankAccount]:
    accounts = BankAccount.objects.filter(
        cooperative__in=holders, state=BankAccount.State.CONFIRMED
    )
    return {account.cooperative_id: account for account in accounts}


@transaction.atomic
def approve(*, payout_id: int, by: User, now: datetime) -> Payout:
    """By somebody else than who proposed it, and only while it is still covered and goes to the
    account that is confirmed. Raises PayoutRefused."""
    payout = hold_payout(payout_id)
    if payout.state == State.APPROVED and payout.approved_by_id == by.pk:
        return payout
    if payout.proposed_by_id == by.pk:
        raise OwnProposal
    check_follows(payout, State.APPROVED)
    check_payable(payout)
    payout.approved_by = by
    return step(payout, State.APPROVED, by, now)


@transaction.atomic
def reject(*, payout_id: int, reason: str, by: User, now: datetime) -> Payout:
    """Its money is payable again. Whoever proposed it withdraws it instead; PayoutRefused."""
    payout = hold_payout(payout_id)
    if payout.proposed_by_id == by.pk:
        raise OwnProposal
    return step(payout, State.REJECTED, by, now, reason)


@transaction.atomic
def withdraw(*, payout_id: int, reason: str, by: User, now: datetime) -> Payout:
    """Its money is payable again; also when the bank has refused the transfer. PayoutRefused."""
    return step(hold_payout(payout_id), State.WITHDRAWN, by, now, reason)


@transaction.atomic
def mark_paid(*, payout_id: int, slip: str, paid_on: date, by: User, now: datetime) -> Payout:
    """The bank has paid: the ledger is told, once. With the same slip again nothing happens.

    What has gone has gone, whatever was refunded since it was given to the bank.
    """
    payout = hold_payout(payout_id)
    if payout.state == State.PAID and payout.slip == slip:
        return payout
    payout.slip, payout.paid_on = slip, paid_on
    step(payout, State.PAID, by, now)
    event, moves = f"payout:{payout.pk}", moves_of(payout)
    post(event=event, reference=payout.number, moves=moves, at=now)
    return payout


@transaction.atomic
def mark_returned(*, payout_id: int, reason: str, by: User, now: datetime) -> Payout:
    """The bank has sent the money back: it is owed again."""
    payout = step(hold_payout(payout_id), State.RETURNED, by, now, reason)
    post_reverse(event=f"payout_returned:{payout.pk}", of=f"payout:{payout.pk}", at=now)
    return payout


def moves_of(payout: Payout) -> list[Move]:
    """From what is owed for goods as far as that reaches, the rest from that for delivery; what
    neither covers any more is owed to us, for goods."""
    holder = payout.cooperative_id
    goods, freight, bank = (
        Place(kind, holder)
        for kind in (Account.Kind.COOPERATIVE, Account.Kind.FREIGHT, Account.Kind.PAID_OUT)
    )
    of_freight = min(max(payout.amount - balance_of(goods), NOTHING), balance_of(freight))
    return [Move(goods, bank, payout.amount - of_freight), Move(freight, bank, of_freight)]


def balance_of(place: Place) -> Decimal:
    """Never below zero."""
    sides = [
        Entry.objects.filter(**{f"{side}__kind": place.kind, f"{side}__holder": place.holder})
        for side in ("taker", "giver")
    ]
    came, went = (entries.balances().get(tuple(place), NOTHING) for entries in sides)
    return max((came + went).quantize(FEN), NOTHING)


def hold_payout(payout_id: int) -> Payout:
    """The payout as it is now, its cooperative's accounts held before it."""
    holder = Payout.objects.values_list("cooperative", flat=True).get(pk=payout_id)
    hold_accounts([holder])
    held = Payout.objects.select_for_update(of=("self",)).select_related("cooperative", "account")
    return held.get(pk=payout_id)


def check_payable(payout: Payout) -> None:
    """Count anew what is payable, and whether this is within it. Raises NotCovered,
    AccountReplaced."""
    if payout.account.state != BankAccount.State.CONFIRMED:
        raise AccountReplaced(payout.cooperative)
    payable = read_purse(payout.cooperative_id).payable + payout.amount
    if payout.amount > payable:
        raise NotCovered(payout.cooperative, payable)
    payout.payable = payable


def check_follows(payout: Payout, to: State) -> None:
    if to not in FOLLOWING[State(payout.state)]:
        raise PayoutRefused


def step(payout: Payout, to: State, by: User, now: datetime, reason: str = "") -> Payout:
    """Into the state, with who, when and why; PayoutRefused when it does not follow."""
    check_follows(payout, to)
    payout.state = to
    payout.save()
    write_step(payout, by, now, reason)
    return payout


def write_step(payout: Payout, by: User, now: datetime, reason: str = "") -> None:
    PayoutStep.objects.create(payout=payout, state=payout.state, at=now, by=by, reason=reason)
