"""A cooperative's money room."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from catalog.producers.models import Cooperative
from marketplace.dashboard.settlement.sums import Sum, month_words, sums_in
from marketplace.money import NOTHING
from marketplace.settlement.models import BankAccount, Payout
from marketplace.settlement.purses import Purse, read_purse
from marketplace.settlement.sheets import Month, read_months
from marketplace.shop.templatetags.shop_format import with_yuan

PAYOUTS_AT_MOST = 12


class MonthOnPage(NamedTuple):
    month: Month
    url: str

    @property
    def title(self) -> str:
        return month_words(self.month.month)

    @property
    def closing(self) -> str:
        return with_yuan(self.month.closing)


@dataclass(frozen=True)
class MoneyPage:
    purse: Purse
    payouts: list[Payout]
    months: list[MonthOnPage]
    accounts: dict[str, BankAccount]

    @property
    def payable(self) -> str:
        return with_yuan(max(self.purse.payable, NOTHING))

    @property
    def sums(self) -> list[Sum]:
        return sums_in(self.purse)

    @property
    def confirmed(self) -> BankAccount | None:
        return self.accounts.get(BankAccount.State.CONFIRMED)

    @property
    def waiting(self) -> BankAccount | None:
        return self.accounts.get(BankAccount.State.WAITING)


def read_money(*, cooperative: Cooperative, now: datetime) -> MoneyPage:
    months = read_months(cooperative=cooperative, now=now)
    return MoneyPage(
        purse=read_purse(cooperative.pk),
        payouts=list(cooperative.payouts.order_by("-pk")[:PAYOUTS_AT_MOST]),
        months=[MonthOnPage(one, month_url(cooperative, one.month)) for one in months],
        accounts=read_accounts(cooperative),
    )


def read_accounts(cooperative: Cooperative) -> dict[str, BankAccount]:
    """The newest of each state."""
    return {account.state: account for account in cooperative.bank_accounts.order_by("pk")}


def month_url(cooperative: Cooperative, month: date, name: str = "coop_statement") -> str:
    return reverse(f"backoffice:{name}", args=[cooperative.slug, month.year, month.month])
