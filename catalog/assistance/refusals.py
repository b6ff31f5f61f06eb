"""Why an agreement or a record does not go on, each with words for whoever tried."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.assistance.models import Record


class Excess(NamedTuple):
    """In these days so much was sold, and other records paid so much of it already."""

    days: tuple[date, date]
    sold: Decimal
    paid: Decimal


class AssistanceRefused(Exception):
    """Everything stays as it is; nothing has changed."""

    @property
    def words(self) -> str:
        raise NotImplementedError


class PaidHousehold(AssistanceRefused):
    """What a record says of a household must stay readable on the list."""

    @property
    def words(self) -> str:
        return _("A record names this household: it stays on the list.")


class RecordRefused(AssistanceRefused):
    def __init__(self, record: Record) -> None:
        super().__init__(record.number)
        self.record = record


class AlreadyDecided(RecordRefused):
    @property
    def words(self) -> str:
        about = {"number": self.record.number, "state": self.record.state_label}
        return _("Meanwhile %(number)s stands at “%(state)s”. Nothing was changed.") % about


class NotReturned(AlreadyDecided):
    """Others look at it, or have confirmed it: what it says may not change."""


class OwnRecord(RecordRefused):
    @property
    def words(self) -> str:
        return _("You act for the cooperative that entered this. Somebody else has to decide.")


class CounterOfCounter(RecordRefused):
    @property
    def words(self) -> str:
        return _("This is a counter-record. What is right is recorded anew instead.")


class NotConfirmed(RecordRefused):
    @property
    def words(self) -> str:
        return _("Only what the county has confirmed can be countered.")


class AlreadyCountered(RecordRefused):
    """It is, or its counter-record waits for the county."""

    @property
    def words(self) -> str:
        return _("%(number)s counters this record already.") % {"number": self.record.number}


class MoreThanSold(RecordRefused):
    """`excess` says in which days, with what was sold and paid in them."""

    def __init__(self, record: Record, excess: Excess) -> None:
        super().__init__(record)
        self.excess = excess

    @property
    def words(self) -> str:
        return more_than_sold(self.excess)


def more_than_sold(excess: Excess) -> str:
    begins_on, ends_on = map(date_format, excess.days)
    return _(
        "More than was sold: from %(from)s until %(until)s goods for ¥%(sold)s were sold, and "
        "other records say that ¥%(paid)s of it was paid to households already."
    ) % {
        "from": begins_on,
        "until": ends_on,
        "sold": f"{excess.sold:,.2f}",
        "paid": f"{excess.paid:,.2f}",
    }
