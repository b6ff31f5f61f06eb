"""What happened to a cooperative in the last thirty days without its doing, the latest first.

Each piece is read from the rows that it is about: nothing is kept twice, nothing marked as read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative, Membership
from marketplace.aftersales.models import Recall
from marketplace.dashboard.overview.jobs import CLERKS
from marketplace.dashboard.settlement.money import month_url
from marketplace.dashboard.settlement.sums import month_words
from marketplace.listings.models import Proposal, ProposalStep
from marketplace.order.models import ConsignmentStep
from marketplace.order.states import State
from marketplace.settlement.models import BankAccount, Payout, PayoutStep, Statement
from marketplace.shop.templatetags.shop_format import yuan

Role = Membership.Role
TREASURERS = (Role.OWNER, Role.ACCOUNTANT)
LATELY = timedelta(days=30)
AT_MOST = 6


class Piece(NamedTuple):
    at: datetime
    icon: str
    label: str
    text: str
    url: str


def read_news(membership: Membership, now: datetime) -> list[Piece]:
    """Of goods for owner and clerk, of money for owner and accountant."""
    maker, since = membership.cooperative, now - LATELY
    pieces: list[Piece] = []
    if membership.role in CLERKS:
        pieces += [
            *of_goods(maker, since),
            *of_recalls(maker, since),
            *of_cancelled_parcels(maker, since),
        ]
    if membership.role in TREASURERS:
        pieces += [
            *of_accounts(maker, since),
            *of_payouts(maker, since),
            *of_statements(maker, since),
        ]
    return sorted(pieces, key=lambda piece: piece.at, reverse=True)[:AT_MOST]


def of_goods(maker: Cooperative, since: datetime) -> Iterator[Piece]:
    """Approved; what was returned is a job."""
    steps = ProposalStep.objects.filter(
        proposal__cooperative=maker, state=Proposal.State.APPROVED, at__gte=since
    )
    for step in steps.select_related("proposal").order_by("-at", "-pk")[:AT_MOST]:
        proposal = step.proposal
        url = reverse("backoffice:proposal", args=[maker.slug, proposal.pk])
        text = _("The market has approved it.")
        yield Piece(step.at, "circle-check", proposal.title, text, url)


def of_recalls(maker: Cooperative, since: datetime) -> Iterator[Piece]:
    recalls = Recall.objects.filter(lot__product__cooperative=maker, at__gte=since)
    for recall in recalls.select_related("lot").order_by("-at", "-pk")[:AT_MOST]:
        url = reverse("backoffice:coop_lot", args=[maker.slug, recall.lot.code])
        label = _("Lot %(code)s was recalled") % {"code": recall.lot.code}
        yield Piece(recall.at, "octagon-alert", label, recall.reason, url)


def of_cancelled_parcels(maker: Cooperative, since: datetime) -> Iterator[Piece]:
    """Only what was paid: of others the cooperative never heard."""
    steps = ConsignmentStep.objects.filter(
        consignment__partner__cooperative=maker, state=State.CANCELLED, at__gte=since
    )
    steps = steps.filter(consignment__steps__state=State.PAID).select_related("consignment__order")
    for step in steps.order_by("-at", "-pk")[:AT_MOST]:
        url = reverse("backoffice:parcel", args=[maker.slug, step.consignment_id])
        label = _("Order %(number)s was cancelled") % {"number": step.consignment.order.number}
        text = step.reason or _("Do not send it.")
        yield Piece(step.at, "package-x", label, text, url)


def of_accounts(maker: Cooperative, since: datetime) -> Iterator[Piece]:
    accounts = maker.bank_accounts.filter(decided_at__gte=since).order_by("-decided_at", "-pk")
    room = reverse("backoffice:coop_money", args=[maker.slug])
    for account in accounts[:AT_MOST]:
        if account.state == BankAccount.State.REFUSED:
            label = _("Bank account %(number)s was refused") % {"number": account.masked}
            yield Piece(account.decided_at, "landmark", label, account.reason, room)
        else:
            label = _("Bank account %(number)s is confirmed") % {"number": account.masked}
            text = _("What is payable goes there.")
            yield Piece(account.decided_at, "landmark", label, text, room)


def of_payouts(maker: Cooperative, since: datetime) -> Iterator[Piece]:
    told = {
        Payout.State.PAID: _("Paid out: ¥%(amount)s"),
        Payout.State.RETURNED: _("Came back from the bank: ¥%(amount)s"),
    }
    steps = PayoutStep.objects.filter(payout__cooperative=maker, state__in=told, at__gte=since)
    room = reverse("backoffice:coop_money", args=[maker.slug])
    for step in steps.select_related("payout").order_by("-at", "-pk")[:AT_MOST]:
        label = told[step.state] % {"amount": yuan(step.payout.amount)}
        yield Piece(step.at, "hand-coins", label, step.payout.number, room)


def of_statements(maker: Cooperative, since: datetime) -> Iterator[Piece]:
    statements: Iterable[Statement] = maker.statements.filter(made_at__gte=since)
    for statement in statements.order_by("-month")[:1]:
        label = _("The statement of %(month)s is here") % {"month": month_words(statement.month)}
        url = month_url(maker, statement.month)
        yield Piece(statement.made_at, "file-text", label, statement.number, url)
