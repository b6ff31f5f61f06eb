"""What the organiser decides about an application. The cooperative is told by mail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.fairs.models import Allotment, CountyQuota, Exhibitor
from marketplace.fairs.notices import tell_step
from marketplace.fairs.papers import Lacking, lacking_papers
from marketplace.fairs.refusals import (
    OwnCooperative,
    PapersMissing,
    QuotaTaken,
    ReasonMissing,
    StepRefused,
)
from marketplace.fairs.services.locks import hold_exhibitor
from marketplace.fairs.services.steps import check_step, release_booth_of, take_step

State = Exhibitor.State


@transaction.atomic
def accept_exhibitor(*, exhibitor_id: int, by: User, now: datetime) -> Exhibitor:
    """Within the county's quota, and with papers for every day of the fair.

    Raises StepRefused, FairOver, OwnCooperative, QuotaTaken, PapersMissing.
    """
    exhibitor = hold_for_decision(exhibitor_id, to=State.ACCEPTED, by=by, now=now)
    check_quota(exhibitor)
    lacking = lacking_of(exhibitor)
    if lacking:
        raise PapersMissing([paper.words for paper in lacking])
    return decide(exhibitor, to=State.ACCEPTED, by=by, now=now)


@transaction.atomic
def reserve_exhibitor(*, exhibitor_id: int, by: User, now: datetime) -> Exhibitor:
    """On the list of those who move up. Raises StepRefused, FairOver, OwnCooperative."""
    exhibitor = hold_for_decision(exhibitor_id, to=State.RESERVE, by=by, now=now)
    return decide(exhibitor, to=State.RESERVE, by=by, now=now)


@transaction.atomic
def decline_exhibitor(*, exhibitor_id: int, reason: str, by: User, now: datetime) -> Exhibitor:
    """With a reason that the cooperative reads; a booth that it had is free.

    Raises StepRefused, FairOver, OwnCooperative, ReasonMissing.
    """
    exhibitor = hold_for_decision(exhibitor_id, to=State.DECLINED, by=by, now=now)
    if not reason.strip():
        raise ReasonMissing
    release_booth_of(exhibitor, ending=Allotment.Ending.DECLINED, now=now)
    return decide(exhibitor, to=State.DECLINED, by=by, now=now, reason=reason.strip())


@transaction.atomic
def reinstate_exhibitor(*, exhibitor_id: int, by: User, now: datetime) -> Exhibitor:
    """What was declined or withdrawn waits for a decision again, the deadline past or not.

    Raises StepRefused, FairOver, OwnCooperative.
    """
    exhibitor = hold_for_decision(exhibitor_id, to=State.APPLIED, by=by, now=now)
    if exhibitor.state == State.DRAFT:
        raise StepRefused(exhibitor, State.APPLIED)
    exhibitor = take_step(exhibitor, to=State.APPLIED, by=by, now=now, decided_at=None)
    tell_step(exhibitor=exhibitor, step=exhibitor.last_step)
    return exhibitor


def hold_for_decision(exhibitor_id: int, *, to: State, by: User, now: datetime) -> Exhibitor:
    exhibitor = hold_exhibitor(exhibitor_id)
    check_step(exhibitor, to=to)
    check_not_own(exhibitor, by=by, now=now)
    return exhibitor


def decide(
    exhibitor: Exhibitor, *, to: State, by: User, now: datetime, reason: str = ""
) -> Exhibitor:
    take_step(exhibitor, to=to, by=by, now=now, reason=reason, decided_at=now)
    tell_step(exhibitor=exhibitor, step=exhibitor.last_step)
    return exhibitor


def check_not_own(exhibitor: Exhibitor, *, by: User, now: datetime) -> None:
    """Nobody judges a cooperative that they act for. Raises OwnCooperative."""
    if exhibitor.cooperative_id in own_cooperatives(by, now):
        raise OwnCooperative


def own_cooperatives(user: User, now: datetime) -> set[int]:
    """Those that the person acts for: neither theirs to judge, nor to see how others judge."""
    own = user.memberships.in_force(timezone.localdate(now))
    return set(own.values_list("cooperative", flat=True))


def check_quota(exhibitor: Exhibitor) -> None:
    """Raises QuotaTaken. A county without a quota sends as many as it likes."""
    quotas = CountyQuota.objects.select_related("county")
    quota = quotas.filter(fair=exhibitor.fair_id, county=exhibitor.county_id).first()
    accepted = Exhibitor.objects.filter(
        fair=exhibitor.fair_id, county=exhibitor.county_id, state=State.ACCEPTED
    )
    if quota and accepted.count() >= quota.places:
        raise QuotaTaken(quota)


def lacking_of(exhibitor: Exhibitor) -> list[Lacking]:
    goods = Product.objects.filter(fairs__exhibitor=exhibitor).order_by("pk")
    return lacking_papers(cooperative=exhibitor.cooperative, goods=goods, fair=exhibitor.fair)
