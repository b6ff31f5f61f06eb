"""Comparing with Stripe: what the last comparisons brought, and whether one is under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from marketplace.dashboard.payments.querysets import last_comparisons
from marketplace.dashboard.payments.words import healed_words
from marketplace.payment.models import Reconciliation
from marketplace.payment.tasks import reconcile_payments

SHOWN = 5
LOOKS_AT_MOST = 20
LONGEST = timedelta(minutes=10)


@dataclass(frozen=True)
class ComparisonOnPage:
    run: Reconciliation
    now: datetime

    @property
    def healed(self) -> list[str]:
        return healed_words(self.run.healed)

    @property
    def is_under_way(self) -> bool:
        """One that neither ended nor said why within ten minutes has died with its worker."""
        ended = self.run.ended_at or self.run.problem
        return not ended and self.now - self.run.began_at < LONGEST

    @property
    def has_died(self) -> bool:
        return not (self.run.ended_at or self.run.problem or self.is_under_way)


@dataclass(frozen=True)
class Comparisons:
    """The last comparisons. `awaited` is the key that a new one will exceed, None when nobody
    waits for one; `looks` counts how often the page has looked by itself."""

    rows: list[ComparisonOnPage]
    awaited: int | None
    looks: int

    @property
    def newest(self) -> int:
        return self.rows[0].run.pk if self.rows else 0

    @property
    def is_under_way(self) -> bool:
        if self.rows and self.rows[0].is_under_way:
            return True
        return self.awaited is not None and self.newest <= self.awaited

    @property
    def looks_again(self) -> bool:
        return self.is_under_way and self.looks < LOOKS_AT_MOST

    @property
    def next_look(self) -> str:
        return compare_url(self.awaited, self.looks + 1)

    @property
    def look_by_hand(self) -> str:
        return compare_url(self.awaited, 0)


def compare_url(awaited: int | None, looks: int) -> str:
    asked = {"after": awaited, "looks": looks}
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return f"{reverse('backoffice:compare')}?{query}"


def read_comparisons(*, params: QueryDict, now: datetime) -> Comparisons:
    """What the address asks for; anything wrong in it is left out."""
    rows = [ComparisonOnPage(run, now) for run in last_comparisons(SHOWN)]
    return Comparisons(rows, number_in(params, "after"), number_in(params, "looks") or 0)


def number_in(params: QueryDict, name: str) -> int | None:
    value = params.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else None


def start_comparing(*, now: datetime) -> Comparisons:
    """Have the worker compare, unless it is at it; what to wait for.

    Without a broker nothing begins, and the page says so after it has looked in vain.
    """
    before = read_comparisons(params=QueryDict(), now=now)
    if before.is_under_way:
        return before
    transaction.on_commit(reconcile_payments.delay, robust=True)
    return Comparisons(before.rows, before.newest, 0)
