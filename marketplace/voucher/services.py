"""Using vouchers: each order one, counted under the voucher's lock, given back once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least

from marketplace.accounts.models import User
from marketplace.voucher.codes import normalise_code
from marketplace.voucher.models import Voucher, VoucherUse
from marketplace.voucher.persons import Person
from marketplace.voucher.refusals import VoucherRefused, problem_of


def find_voucher(*, code: str, person: Person) -> Voucher | None:
    """The voucher of a code as it was typed, with `used_by_person`."""
    return Voucher.objects.for_person(person).filter(code=normalise_code(code)).first()


@transaction.atomic(savepoint=False)
def take_voucher(*, voucher_id: int, order_id: int, person: Person, now: datetime) -> None:
    """Count the order's use, or raise VoucherRefused and undo the caller's transaction.

    The voucher's row is locked before its uses are counted: the same person twice at once,
    and two persons for the last use, come one after the other.
    """
    lock_vouchers([voucher_id])
    voucher = Voucher.objects.for_person(person).filter(pk=voucher_id).first()
    if problem_of(voucher, now):
        raise VoucherRefused(voucher, now)
    VoucherUse.objects.create(
        voucher=voucher, order_id=order_id, user_id=person.user_id, mobile=person.mobile
    )
    Voucher.objects.filter(pk=voucher_id).update(uses=F("uses") + 1)


@transaction.atomic(savepoint=False)
def return_voucher(*, order_id: int) -> None:
    """Give back the use of an order that is given up; a second time does nothing."""
    taken = VoucherUse.objects.filter(order_id=order_id)
    voucher_ids = list(taken.values_list("voucher_id", flat=True))
    lock_vouchers(voucher_ids)
    if taken.delete()[0]:
        Voucher.objects.filter(pk__in=voucher_ids).update(uses=F("uses") - 1)


@transaction.atomic
def end_voucher(*, voucher: Voucher, by: User, now: datetime) -> None:
    """From now on nobody can use it; what has ended stays as it is. Uses that were made stand."""
    running = Voucher.objects.filter(pk=voucher.pk, end_datetime__gt=now)
    begun = Least("start_datetime", Value(now))
    running.update(end_datetime=now, start_datetime=begun, ended_by=by)
    voucher.refresh_from_db()


def lock_vouchers(pks: list[int]) -> None:
    locked = Voucher.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    list(locked.values_list("pk", flat=True))
