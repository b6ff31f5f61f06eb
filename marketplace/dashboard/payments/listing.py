"""The payments' room: what waits for a decision, and one page of the list of refunds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.payments.comparing import Comparisons, read_comparisons
from marketplace.dashboard.payments.findings import FindingOnPage, on_page
from marketplace.dashboard.payments.forms import RefundFilterForm
from marketplace.dashboard.payments.querysets import (
    closed_findings,
    count_refunds,
    open_findings,
)
from marketplace.dashboard.payments.refund_rows import RefundOnPage
from marketplace.payment.models import Refund

OPEN_AT_MOST, CLOSED_AT_MOST = 48, 24


@dataclass(frozen=True)
class RefundList(Listing):
    BY = "state"

    @property
    def rows(self) -> Iterator[RefundOnPage]:
        return map(RefundOnPage, self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *Refund.State.choices])


def read_refunds(*, params: QueryDict, path: str) -> RefundList:
    """The page that the address asks for, newest first. Raises NoSuchPage."""
    form = RefundFilterForm(params)
    counts, state = count_refunds(), form.chosen.get("state", "")
    rows = Refund.objects.for_office().order_by("-pk")
    rows = rows.filter(state=state) if state else rows
    page = read_page(rows, total=counts[state], form=form, path=path)
    return RefundList(form, page, counts, path)


@dataclass(frozen=True)
class PaymentsPage:
    waiting: list[FindingOnPage]
    total: int
    decided: list[FindingOnPage]
    comparisons: Comparisons
    refunds: dict[str, int]

    @property
    def more(self) -> int:
        """How many wait that are not shown."""
        return self.total - len(self.waiting)

    @property
    def refund_chips(self) -> list[Chip]:
        path, form = reverse("backoffice:refunds"), RefundFilterForm({})
        options = [("", _("All")), *Refund.State.choices]
        return [
            Chip(state, label, self.refunds[state], form.address(path, state=state), False)
            for state, label in options
        ]


def read_payments(*, params: QueryDict, now: datetime) -> PaymentsPage:
    found = list(open_findings()[: OPEN_AT_MOST + 1])
    closed = list(closed_findings()[:CLOSED_AT_MOST])
    total = open_findings().count() if len(found) > OPEN_AT_MOST else len(found)
    shown = on_page([*found[:OPEN_AT_MOST], *closed])
    return PaymentsPage(
        waiting=[one for one in shown if not one.outcome],
        total=total,
        decided=[one for one in shown if one.outcome],
        comparisons=read_comparisons(params=params, now=now),
        refunds=count_refunds(),
    )
