"""Money of the demonstration: bank accounts, a payout that has arrived, one to approve."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.settlement import services
from marketplace.settlement.models import BankAccount, Payout
from marketplace.settlement.purses import read_purse

PAID, WAITING = "yunmaiduo", "qingyanpo"
OPERATORS = ("operator2@example.com", "operator@example.com")
OWNERS = {PAID: "cooperative@example.com", WAITING: "cooperative2@example.com"}


def load_money(*, today: date) -> int:
    """Close the months that are over; the first time also accounts and payouts. How many
    payouts there are."""
    services.close_months(now=timezone.now())
    if not BankAccount.objects.exists():
        proposer, approver = (User.objects.get(email=email) for email in OPERATORS)
        then = timezone.make_aware(datetime.combine(today - timedelta(days=9), time(10)))
        paid, _waiting = (account_of(slug, then) for slug in OWNERS)
        services.confirm_account(account_id=paid.pk, by=approver, now=then)
        pay_some(paid.cooperative, proposer, approver, then)
        propose_rest(paid.cooperative, proposer)
    return Payout.objects.count()


def account_of(slug: str, now: datetime) -> BankAccount:
    maker = Cooperative.objects.get(slug=slug)
    return services.write_account(
        cooperative=maker,
        holder=maker.name,
        number=f"62284800123456{maker.pk:05}",
        bank="农业银行（演示）",
        by=User.objects.get(email=OWNERS[slug]),
        now=now,
    )


def pay_some(maker: Cooperative, proposer: User, approver: User, now: datetime) -> None:
    """What the first closed month left, all the way to the bank's slip."""
    first = maker.statements.order_by("month").first()
    if first is None or not 0 < first.closing <= read_purse(maker.pk).payable:
        return
    amounts = {maker.pk: first.closing}
    (payout,) = services.propose_payouts(amounts=amounts, by=proposer, now=now)
    services.approve(payout_id=payout.pk, by=approver, now=now)
    services.make_bank_file(by=approver, now=now)
    services.mark_paid(
        payout_id=payout.pk,
        slip="YS-DEMO-0001",
        paid_on=timezone.localdate(now),
        by=approver,
        now=now,
    )


def propose_rest(maker: Cooperative, proposer: User) -> None:
    payable = read_purse(maker.pk).payable
    if payable > 0:
        now = timezone.now()
        services.propose_payouts(amounts={maker.pk: payable}, by=proposer, now=now)
