"""Booths: making them, giving them to exhibitors, taking them back."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.fairs.models import Allotment, Booth, Exhibitor, Fair, Zone
from marketplace.fairs.notices import tell_hold, tell_release
from marketplace.fairs.phases import OVER
from marketplace.fairs.refusals import (
    BoothHasHistory,
    BoothInUse,
    BoothTaken,
    HasBooth,
    HoldOver,
    NotAccepted,
    NumbersTaken,
    NumbersTooHigh,
    ReasonMissing,
)
from marketplace.fairs.services.locks import hold_allotment, hold_exhibitor, hold_fair
from marketplace.fairs.services.steps import check_not_over

Ending = Allotment.Ending
HELD_FOR = timedelta(days=3)
LAST_NUMBER = 999


@transaction.atomic
def make_booths(*, zone: Zone, first: int, count: int, size: Decimal) -> list[Booth]:
    """A row of them, as A01 to A08: the zone's letter and running numbers from `first`.

    Raises NumbersTooHigh, NumbersTaken.
    """
    hold_fair(zone.fair_id)
    last = first + count - 1
    if last > LAST_NUMBER:
        raise NumbersTooHigh
    numbers = [f"{zone.code}{number:02}" for number in range(first, last + 1)]
    check_free(zone.fair, numbers)
    return Booth.objects.bulk_create(
        Booth(fair_id=zone.fair_id, zone=zone, number=number, size=size) for number in numbers
    )


def check_free(fair: Fair, numbers: list[str], but: int | None = None) -> None:
    taken = Booth.objects.filter(fair=fair, number__in=numbers).exclude(pk=but)
    found = list(taken.order_by("number").values_list("number", flat=True))
    if found:
        raise NumbersTaken(found)


@transaction.atomic
def change_booth(*, booth_id: int, number: str, size: Decimal, now: datetime) -> Booth:
    """Rename or resize one that nobody has. Raises BoothInUse, NumbersTaken."""
    booth = hold_unused(booth_id, now)
    check_free(booth.fair, [number], but=booth.pk)
    booth.number, booth.size = number, size
    booth.save(update_fields=["number", "size"])
    return booth


@transaction.atomic
def remove_booth(*, booth_id: int, now: datetime) -> None:
    """Raises BoothInUse, and BoothHasHistory when somebody had it once."""
    booth = hold_unused(booth_id, now)
    if booth.allotments.exists():
        raise BoothHasHistory(booth)
    booth.delete()


def hold_unused(booth_id: int, now: datetime) -> Booth:
    booth = Booth.objects.select_related("fair").get(pk=booth_id)
    hold_fair(booth.fair_id)
    if booth.allotments.in_force(now).exists():
        raise BoothInUse(booth)
    return booth


@transaction.atomic
def allot_booth(
    *,
    exhibitor_id: int,
    booth_id: int,
    by: User,
    now: datetime,
    held_for: timedelta = HELD_FOR,
) -> Allotment:
    """Hold a booth of the exhibitor's fair until it is confirmed, `held_for` at most.

    The database decides: of two who want one booth, one gets it. A hold past its time is in
    nobody's way. Raises NotAccepted, FairOver, BoothTaken, HasBooth, Booth.DoesNotExist.
    """
    exhibitor = hold_exhibitor(exhibitor_id)
    check_not_over(exhibitor.fair)
    if exhibitor.state != Exhibitor.State.ACCEPTED:
        raise NotAccepted
    booth = Booth.objects.get(pk=booth_id, fair=exhibitor.fair_id)
    release_past(exhibitor.fair, now)
    try:
        with transaction.atomic():
            allotment = Allotment.objects.create(
                fair=exhibitor.fair,
                booth=booth,
                exhibitor=exhibitor,
                made_at=now,
                made_by=by,
                held_until=now + held_for,
            )
    except IntegrityError as error:
        raise taken_by(booth, exhibitor) from error
    tell_hold(allotment=allotment)
    return allotment


def taken_by(booth: Booth, exhibitor: Exhibitor) -> BoothTaken:
    """Which of the two stands in the way: the booth's exhibitor, or the exhibitor's booth."""
    active = Allotment.objects.active().with_names()
    there = active.filter(booth=booth).first()
    return BoothTaken(there) if there else HasBooth(active.get(exhibitor=exhibitor))


@transaction.atomic
def confirm_booth(*, allotment_id: int, now: datetime) -> Allotment:
    """The exhibitor takes the booth for good; twice is as once. Raises FairOver, HoldOver."""
    allotment = hold_allotment(allotment_id)
    check_not_over(allotment.fair)
    if not allotment.is_in_force_at(now):
        raise HoldOver
    if allotment.confirmed_at is None:
        allotment.confirmed_at = now
        allotment.save(update_fields=["confirmed_at"])
    return allotment


@transaction.atomic
def give_booth_back(*, allotment_id: int, now: datetime) -> Allotment:
    """By the exhibitor; twice is as once. Raises FairOver."""
    allotment = hold_allotment(allotment_id)
    check_not_over(allotment.fair)
    if allotment.released_at is None:
        release(allotment, reason=Ending.GIVEN_BACK, now=now)
    return allotment


@transaction.atomic
def release_booth(*, allotment_id: int, reason: str, now: datetime) -> Allotment:
    """By the organiser, with a reason that the exhibitor reads.

    Raises ReasonMissing, FairOver, HoldOver.
    """
    if not reason.strip():
        raise ReasonMissing
    allotment = hold_allotment(allotment_id)
    check_not_over(allotment.fair)
    if allotment.released_at is not None:
        raise HoldOver
    release(allotment, reason=reason.strip(), now=now)
    tell_release(allotment=allotment)
    return allotment


def release(allotment: Allotment, *, reason: str, now: datetime) -> None:
    allotment.released_at, allotment.reason = now, reason
    allotment.save(update_fields=["released_at", "reason"])


def release_past(fair: Fair, now: datetime) -> int:
    """The fair is locked. Holds past their time are released, and their exhibitors told."""
    past = list(Allotment.objects.filter(fair=fair).expired(now).with_names().order_by("pk"))
    for allotment in past:
        release(allotment, reason=Ending.NOT_CONFIRMED, now=now)
        tell_release(allotment=allotment)
    return len(past)


def release_expired(*, now: datetime) -> int:
    """In every fair that is not over, each in a transaction of its own; how many booths got free.

    After a fair nobody needs to hear that a booth of it was not confirmed.
    """
    expired = Allotment.objects.expired(now).exclude(fair__state__in=OVER)
    fairs = expired.order_by("fair").values_list("fair", flat=True)
    return sum(_release_in(fair_id, now) for fair_id in fairs.distinct())


@transaction.atomic
def _release_in(fair_id: int, now: datetime) -> int:
    return release_past(hold_fair(fair_id), now)
