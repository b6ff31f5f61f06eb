"""Bank accounts: the owner writes one down, an operator compares it with its paper."""

from datetime import datetime

from django.db import transaction

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.settlement.models import BankAccount
from marketplace.settlement.refusals import AccountRefused
from marketplace.settlement.services.locks import hold_accounts

State = BankAccount.State


@transaction.atomic
def write_account(
    *, cooperative: Cooperative, holder: str, number: str, bank: str, by: User, now: datetime
) -> BankAccount:
    """Note where the money shall go; one that waited before is replaced, the confirmed one stays
    until this is confirmed too. The same one again changes nothing."""
    hold_accounts([cooperative.pk])
    accounts = cooperative.bank_accounts
    same = accounts.filter(
        holder=holder, number=number, bank=bank, state__in=(State.WAITING, State.CONFIRMED)
    )
    if known := same.first():
        return known
    accounts.filter(state=State.WAITING).update(state=State.REPLACED)
    return accounts.create(holder=holder, number=number, bank=bank, written_by=by, written_at=now)


@transaction.atomic
def confirm_account(*, account_id: int, by: User, now: datetime) -> BankAccount:
    """From now on money goes there. Raises AccountRefused."""
    account = hold(account_id)
    if account.state == State.CONFIRMED:
        return account
    check_waits(account, by)
    others = BankAccount.objects.filter(cooperative=account.cooperative_id, state=State.CONFIRMED)
    others.update(state=State.REPLACED)
    return decide(account, State.CONFIRMED, by, now)


@transaction.atomic
def refuse_account(*, account_id: int, reason: str, by: User, now: datetime) -> BankAccount:
    """The owner reads the reason and writes another. Raises AccountRefused."""
    account = hold(account_id)
    check_waits(account, by)
    account.reason = reason
    return decide(account, State.REFUSED, by, now)


def check_waits(account: BankAccount, by: User) -> None:
    if account.state != State.WAITING:
        raise AccountRefused
    if account.written_by_id == by.pk:
        raise AccountRefused(is_own=True)


def decide(account: BankAccount, state: BankAccount.State, by: User, now: datetime) -> BankAccount:
    account.state, account.decided_by, account.decided_at = state, by, now
    account.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return account


def hold(account_id: int) -> BankAccount:
    """The account as it is now, under the lock of its cooperative."""
    account = BankAccount.objects.get(pk=account_id)
    hold_accounts([account.cooperative_id])
    account.refresh_from_db()
    return account
