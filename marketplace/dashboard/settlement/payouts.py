"""The operator's payouts: who can be paid, what waits for whom, what the bank has."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.settlement.forms import Candidate, PayoutFilterForm
from marketplace.money import NOTHING
from marketplace.settlement.models import OPEN, BankAccount, BankFile, Payout
from marketplace.settlement.purses import Purse, read_purses

FILES_AT_MOST = 6
State = Payout.State


@dataclass(frozen=True)
class PayoutOnPage:
    """A payout read by `for_office`, and what this person may do with it."""

    payout: Payout
    reader: User | None = None

    @property
    def is_own(self) -> bool:
        return self.reader is not None and self.payout.proposed_by_id == self.reader.pk

    @property
    def may_approve(self) -> bool:
        return self.payout.state == State.PROPOSED and not self.is_own

    @property
    def may_withdraw(self) -> bool:
        own = self.payout.state == State.PROPOSED and self.is_own
        return own or self.payout.state in (State.APPROVED, State.SENT)

    @property
    def may_be_paid(self) -> bool:
        return self.payout.state == State.SENT

    @property
    def may_return(self) -> bool:
        return self.payout.state == State.PAID

    @property
    def waits_for(self) -> str:
        words = {
            State.PROPOSED: _("Waits for a second operator's approval."),
            State.APPROVED: _("Waits for the next bank file."),
            State.SENT: _("Waits for the bank: note the slip when it has paid."),
        }
        return words.get(State(self.payout.state), "")


@dataclass(frozen=True)
class PayoutsPage:
    candidates: list[Candidate]
    owing: list[tuple[Cooperative, Purse]]
    open: list[PayoutOnPage]
    accounts: list[BankAccount]
    files: list[BankFile]

    def in_state(self, state: str) -> list[PayoutOnPage]:
        return [one for one in self.open if one.payout.state == state]

    @property
    def proposed(self) -> list[PayoutOnPage]:
        return self.in_state(State.PROPOSED)

    @property
    def approved(self) -> list[PayoutOnPage]:
        return self.in_state(State.APPROVED)

    @property
    def sent(self) -> list[PayoutOnPage]:
        return self.in_state(State.SENT)

    @property
    def approved_sum(self) -> Decimal:
        return sum((one.payout.amount for one in self.approved), NOTHING)


def read_payouts(reader: User) -> PayoutsPage:
    """In the same number of queries for any number of cooperatives."""
    makers = list(Cooperative.objects.filter(shelf__isnull=False).order_by("short_name"))
    purses = read_purses([maker.pk for maker in makers])
    rows = Payout.objects.for_office().filter(state__in=OPEN).order_by("pk")
    open_rows = [PayoutOnPage(payout, reader) for payout in rows]
    busy = {one.payout.cooperative_id for one in open_rows}
    accounts = BankAccount.objects.filter(cooperative__in=makers)
    confirmed = {one.cooperative_id: one for one in accounts.filter(state="confirmed")}
    return PayoutsPage(
        candidates=[
            Candidate(maker, purses[maker.pk].payable, confirmed.get(maker.pk))
            for maker in makers
            if purses[maker.pk].payable > 0 and maker.pk not in busy
        ],
        owing=[(maker, purses[maker.pk]) for maker in makers if purses[maker.pk].owes],
        open=open_rows,
        accounts=list(
            accounts.filter(state="waiting").select_related("cooperative").order_by("pk")
        ),
        files=list(
            BankFile.objects.select_related("made_by")
            .annotate(count=Count("payouts"), total=Sum("payouts__amount"))
            .order_by("-pk")[:FILES_AT_MOST]
        ),
    )


@dataclass(frozen=True)
class PayoutList(Listing):
    BY = "state"

    @property
    def rows(self) -> Iterator[PayoutOnPage]:
        return map(PayoutOnPage, self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *State.choices])


def read_all_payouts(*, params: QueryDict, path: str) -> PayoutList:
    """The page that the address asks for, newest first. Raises NoSuchPage."""
    form = PayoutFilterForm(params)
    found = dict(Payout.objects.order_by().values_list("state").annotate(Count("pk")))
    counts = {state: found.get(state, 0) for state in State} | {"": sum(found.values())}
    state = form.chosen.get("state", "")
    rows = Payout.objects.for_office().order_by("-pk")
    rows = rows.filter(state=state) if state else rows
    page = read_page(rows, total=counts[state], form=form, path=path)
    return PayoutList(form, page, counts, path)


def bank_table(file: BankFile) -> Iterator[list[object]]:
    """As banks take it: one transfer a line."""
    account_words = (_("Account holder"), _("Account number"), _("Bank and branch"))
    yield [_("Number"), *account_words, _("Amount, ¥"), _("Purpose")]
    payouts = file.payouts.select_related("account", "cooperative").order_by("pk")
    for one in payouts:
        account = one.account
        purpose = _("Goods sold at Yinshan Market, %(number)s") % {"number": one.number}
        yield [one.number, account.holder, account.number, account.bank, one.amount, purpose]
