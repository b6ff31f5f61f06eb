"""Closing months: what a statement says once, it says for ever."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from catalog.producers.models import Cooperative
from marketplace.ledger.models import Account
from marketplace.money import NOTHING
from marketplace.months import end_of, month_of, months_between, next_month
from marketplace.settlement.columns import OURS
from marketplace.settlement.models import Statement, StatementEntry
from marketplace.settlement.querysets import entries_of, uncounted
from marketplace.settlement.rows import price_of_goods
from marketplace.settlement.services.locks import hold_accounts
from marketplace.settlement.sheets import sum_columns


def close_months(*, now: datetime) -> list[Statement]:
    """Write the statements of all months that are over; those written before stay."""
    holders = Account.objects.filter(kind__in=OURS).values("holder")
    cooperatives = Cooperative.objects.filter(pk__in=holders).order_by("pk")
    return [one for maker in cooperatives for one in close_months_of(cooperative=maker, now=now)]


@transaction.atomic
def close_months_of(*, cooperative: Cooperative, now: datetime) -> list[Statement]:
    """The accounts are held: whoever closes the same month in the same moment finds it closed,
    and what is being posted is either counted here or in the month after."""
    this_month = month_of(timezone.localdate(now))
    if first_open_month(cooperative) == this_month:
        return []
    hold_accounts([cooperative.pk])
    begin = first_open_month(cooperative)
    if begin is None:
        return []
    return [close_month(cooperative, month, now) for month in months_between(begin, this_month)]


def first_open_month(cooperative: Cooperative) -> date | None:
    """The one after the last statement, else that of the first entry; None without any."""
    last = cooperative.statements.order_by("-month").first()
    if last:
        return next_month(last.month)
    first = entries_of(cooperative.pk).order_by("posting__at").select_related("posting").first()
    return month_of(timezone.localdate(first.posting.at)) if first else None


def close_month(cooperative: Cooperative, month: date, now: datetime) -> Statement:
    """The caller holds the accounts."""
    due = uncounted(cooperative.pk).filter(posting__at__lt=end_of(month))
    last = cooperative.statements.order_by("-month").first()
    opening = last.closing if last else NOTHING
    columns = sum_columns(due, cooperative.pk)
    statement = Statement.objects.create(
        cooperative=cooperative,
        month=month,
        number=f"JS{month:%Y%m}-{cooperative.pk:04d}",
        opening=opening,
        goods=price_of_goods(cooperative.pk, due),
        closing=sum(columns.values(), opening),
        made_at=now,
        **columns,
    )
    keys = list(due.values_list("pk", flat=True))
    rows = (StatementEntry(statement=statement, entry_id=key) for key in keys)
    StatementEntry.objects.bulk_create(rows, batch_size=500)
    return statement
