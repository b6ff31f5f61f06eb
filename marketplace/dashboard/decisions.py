"""What waits for an operator's decision, counted for the first page."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.origins.models import Region
from catalog.producers.admission.states import State
from catalog.producers.models import Application
from marketplace.aftersales.models import RecallNotice
from marketplace.dashboard.messages.forms import STUCK
from marketplace.dashboard.payments.querysets import count_open
from marketplace.dashboard.recalls.forms import OPEN
from marketplace.listings.models import Proposal
from marketplace.outbox.models import Message
from marketplace.payment.models import Finding
from marketplace.settlement.models import BankAccount, Payout


class Decision(NamedTuple):
    """So many things of one sort, and the page where they are decided."""

    icon: str
    count: int
    label: str
    text: str
    url: str


def read_decisions(now: datetime) -> list[Decision]:
    """Only what there is something of; none is counted twice."""
    found = count_open()
    failed = found.pop(Finding.Kind.REFUND_FAILED, 0)
    payments = reverse("backoffice:payments")
    messages = f"{reverse('backoffice:messages')}?state={STUCK}"
    applications = Application.objects.waiting_for_operator(timezone.localdate(now)).count()
    decisions = [
        Decision(
            "sprout",
            applications,
            _("Applications to decide"),
            _("Check papers, answer objections, open"),
            reverse("backoffice:admissions"),
        ),
        Decision(
            "list-checks",
            Proposal.objects.waiting().count(),
            _("Goods to review"),
            _("New goods and changes that wait"),
            reverse("backoffice:review"),
        ),
        Decision(
            "undo-2",
            failed,
            _("Refunds failed"),
            _("The money is with us again: try again, or find another way"),
            payments,
        ),
        Decision(
            "scale",
            found.total(),
            _("Money to look into"),
            _("Stripe's side and ours differ"),
            payments,
        ),
        Decision(
            "octagon-alert",
            RecallNotice.objects.filter(done_at=None).count(),
            _("Orders of recalled lots"),
            _("Give the money back, then mark them as settled"),
            f"{reverse('backoffice:recalls')}?state={OPEN}",
        ),
        Decision(
            "mail-warning",
            Message.objects.stuck(now).count(),
            _("Messages not got through"),
            _("Read the error, send again"),
            messages,
        ),
        Decision(
            "hand-coins",
            Payout.objects.filter(state=Payout.State.PROPOSED).count(),
            _("Payouts to approve"),
            _("Somebody else than who proposed them"),
            reverse("backoffice:payouts"),
        ),
        Decision(
            "landmark",
            BankAccount.objects.filter(state=BankAccount.State.WAITING).count(),
            _("Bank accounts to confirm"),
            _("Compare them with their papers"),
            f"{reverse('backoffice:payouts')}#accounts",
        ),
    ]
    return [one for one in decisions if one.count]


def read_countys_decisions(county: Region) -> list[Decision]:
    """What waits for a county's word."""
    waiting = Application.objects.of_county(county).filter(state=State.SUBMITTED).count()
    decision = Decision(
        "sprout",
        waiting,
        _("Applications to recommend"),
        _("Look at the business, put in the stamped sheet"),
        reverse("backoffice:county_admissions", args=[county.pk]),
    )
    return [decision] if waiting else []
