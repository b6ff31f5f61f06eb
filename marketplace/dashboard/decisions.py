"""What waits for somebody's decision, the longest first, for the first page of a desk."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.assistance.models import Batch, Record
from catalog.origins.models import Region
from catalog.producers.admission.states import State
from catalog.producers.models import Application, Objection
from marketplace.aftersales.models import RecallNotice
from marketplace.dashboard.messages.forms import STUCK
from marketplace.dashboard.overview.words import waits_words
from marketplace.dashboard.recalls.forms import OPEN
from marketplace.listings.models import Proposal
from marketplace.months import start_of
from marketplace.outbox.models import Message
from marketplace.payment.models import Finding
from marketplace.settlement.models import OPEN as OPEN_PAYOUTS
from marketplace.settlement.models import BankAccount, Payout, PayoutStep

DAY = timedelta(days=1)


class Waiting(NamedTuple):
    """How many, and since when the oldest."""

    count: int = 0
    since: datetime | None = None


class Decision(NamedTuple):
    """So many things of one sort, and the page where they are decided; `age` is in words."""

    icon: str
    count: int
    label: str
    text: str
    url: str
    age: str = ""


Sort = tuple[str, Waiting, str, str, str]


def read_decisions(now: datetime) -> list[Decision]:
    """Only what there is something of; none is counted twice."""
    sorts = [*_of_money(), *_of_producers(now), *_of_payouts(), *_of_assistance()]
    return oldest_first(sorts, now)


def _of_money() -> list[Sort]:
    failed, others = open_findings()
    payments = reverse("backoffice:payments")
    return [
        (
            "undo-2",
            failed,
            _("Refunds failed"),
            _("The money is with us again: try again, or find another way"),
            payments,
        ),
        (
            "scale",
            others,
            _("Money to look into"),
            _("Stripe's side and ours differ"),
            payments,
        ),
        (
            "landmark",
            waiting(BankAccount.objects.filter(state=BankAccount.State.WAITING), "written_at"),
            _("Bank accounts to confirm"),
            _("Compare them with their papers"),
            f"{reverse('backoffice:payouts')}#accounts",
        ),
    ]


def _of_producers(now: datetime) -> list[Sort]:
    admissions = reverse("backoffice:admissions")
    return [
        (
            "sprout",
            applications_to_decide(now),
            _("Applications to decide"),
            _("Check papers, begin the public notice, open"),
            admissions,
        ),
        (
            "message-square-warning",
            waiting(unanswered().filter(application__state=State.NOTICE), "at"),
            _("Objections to answer"),
            _("No business opens before every one has its answer"),
            admissions,
        ),
        (
            "list-checks",
            waiting(Proposal.objects.waiting(), "submitted_at"),
            _("Goods to review"),
            _("New goods and changes that wait"),
            reverse("backoffice:review"),
        ),
        (
            "octagon-alert",
            waiting(RecallNotice.objects.filter(done_at=None), "recall__at"),
            _("Orders of recalled lots"),
            _("Give the money back, then mark them as settled"),
            f"{reverse('backoffice:recalls')}?state={OPEN}",
        ),
        (
            "mail-warning",
            waiting(Message.objects.stuck(now), "created_at"),
            _("Messages not got through"),
            _("Read the error, send again"),
            f"{reverse('backoffice:messages')}?state={STUCK}",
        ),
    ]


def _of_payouts() -> list[Sort]:
    found, payouts = payouts_by_state(), reverse("backoffice:payouts")
    return [
        (
            "hand-coins",
            found.get(Payout.State.PROPOSED, Waiting()),
            _("Payouts to approve"),
            _("Somebody else than who proposed them"),
            payouts,
        ),
        (
            "file-spreadsheet",
            found.get(Payout.State.APPROVED, Waiting()),
            _("Payouts to put into a bank file"),
            _("Approved; the bank has not been told"),
            payouts,
        ),
        (
            "receipt",
            found.get(Payout.State.SENT, Waiting()),
            _("Payouts without a slip"),
            _("With the bank: mark them as paid with the number of its slip"),
            payouts,
        ),
    ]


def _of_assistance() -> list[Sort]:
    ready = Batch.objects.filter(state=Batch.State.READY)
    return [
        (
            "chart-column",
            waiting(ready, "begun_at"),
            _("Figures to publish"),
            _("Look through the month that was counted"),
            reverse("backoffice:figures"),
        ),
    ]


def read_countys_decisions(county: Region, now: datetime) -> list[Decision]:
    """What waits for a county's word."""
    handed_in = Application.objects.of_county(county).filter(state=State.SUBMITTED)
    sorts = [
        (
            "sprout",
            waiting(handed_in, "since"),
            _("Applications to recommend"),
            _("Look at the business, put in the stamped sheet"),
            reverse("backoffice:county_admissions", args=[county.pk]),
        ),
        (
            "hand-coins",
            waiting(Record.objects.of_county(county).waiting(), "submitted_at"),
            _("Benefit records to confirm"),
            _("Compare each with its evidence; confirm it or return it"),
            reverse("backoffice:county_records", args=[county.pk]),
        ),
    ]
    return oldest_first(sorts, now)


def oldest_first(sorts: Iterable[Sort], now: datetime) -> list[Decision]:
    """What has been waiting the longest stands on top; nothing that there is none of."""
    found = [sort for sort in sorts if sort[1].count]
    found.sort(key=lambda sort: sort[1].since)
    return [
        Decision(icon, some.count, label, text, url, waits_words(some.since, now))
        for icon, some, label, text, url in found
    ]


def waiting(rows: QuerySet, moment: str) -> Waiting:
    return Waiting(**rows.order_by().aggregate(count=Count("pk"), since=Min(moment)))


def unanswered() -> QuerySet[Objection]:
    return Objection.objects.filter(answered_at=None)


def applications_to_decide(now: datetime) -> Waiting:
    """Recommended, or in a notice that is over; what waits for an answer to an objection counts
    among the objections. A notice that is over waits since the day after its last one."""
    today = timezone.localdate(now)
    waits = Application.objects.waiting_for_operator(today)
    waits = waits.exclude(Exists(unanswered().filter(application=OuterRef("pk"))))
    recommended, noticed = Q(state=State.RECOMMENDED), Q(state=State.NOTICE)
    found = waits.order_by().aggregate(
        count=Count("pk"),
        recommended=Min("since", filter=recommended),
        over=Min("notice_until", filter=noticed),
    )
    moments = [found["recommended"], found["over"] and start_of(found["over"] + DAY)]
    return Waiting(found["count"], min(filter(None, moments), default=None))


def open_findings() -> tuple[Waiting, Waiting]:
    """Refunds that failed, and all else that only a person can decide."""
    failed = Q(kind=Finding.Kind.REFUND_FAILED)
    found = Finding.objects.filter(closed_at=None).aggregate(
        failed=Count("pk", filter=failed),
        failed_since=Min("found_at", filter=failed),
        others=Count("pk", filter=~failed),
        others_since=Min("found_at", filter=~failed),
    )
    return (
        Waiting(found["failed"], found["failed_since"]),
        Waiting(found["others"], found["others_since"]),
    )


def payouts_by_state() -> Mapping[str, Waiting]:
    """Those under way, since they came into their state."""
    steps = PayoutStep.objects.filter(state=F("payout__state"), state__in=OPEN_PAYOUTS)
    rows = steps.order_by().values_list("state").annotate(Count("pk"), Min("at"))
    return {state: Waiting(count, since) for state, count, since in rows}
