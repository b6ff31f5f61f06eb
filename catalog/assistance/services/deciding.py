"""The county's word: confirmed for good, or back to the cooperative with a reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.assistance.models import Batch, Record, RecordStep
from catalog.assistance.refusals import AlreadyDecided, MoreThanSold, OwnRecord
from catalog.assistance.services.locks import hold_record
from catalog.assistance.services.sold import SoldBetween, find_excess
from catalog.assistance.services.steps import check_reason, write_step
from marketplace.accounts.models import User

State, Kind = Record.State, RecordStep.Kind


@transaction.atomic
def confirm_record(*, record_id: int, sold: SoldBetween, by: User, now: datetime) -> Record:
    """It counts from now on; a counter-record cancels its record in the same moment.

    What was sold is compared once more, for money may have gone back since; here with what is
    confirmed already, for of several that wait those that fit may be confirmed.
    Raises AlreadyDecided, OwnRecord, MoreThanSold.
    """
    record = hold_to_decide(record_id, by, now)
    if record.is_counter:
        record.counters.is_countered = True
        record.counters.save(update_fields=["is_countered"])
    else:
        check_sold(record, sold)
    record.state, record.confirmed_at = State.CONFIRMED, moment_to_count(now)
    record.save(update_fields=["state", "confirmed_at"])
    write_step(record, Kind.CONFIRMED, by, now)
    return record


@transaction.atomic
def return_record(*, record_id: int, reason: str, by: User, now: datetime) -> Record:
    """Back to the cooperative, which corrects it. Raises AlreadyDecided, OwnRecord,
    ValidationError for `reason`."""
    record = hold_to_decide(record_id, by, now)
    reason = check_reason(reason)
    record.state = State.RETURNED
    record.save(update_fields=["state"])
    write_step(record, Kind.RETURNED, by, now, reason)
    return record


def hold_to_decide(record_id: int, by: User, now: datetime) -> Record:
    record = hold_record(record_id)
    if record.state != State.SUBMITTED:
        raise AlreadyDecided(record)
    own = by.memberships.in_force(timezone.localdate(now)).filter(cooperative=record.cooperative)
    if own.exists() or record.steps.filter(kind=Kind.SUBMITTED, by=by).exists():
        raise OwnRecord(record)
    return record


def check_sold(record: Record, sold: SoldBetween) -> None:
    others = Record.objects.alive().filter(state=State.CONFIRMED)
    days = (record.begins_on, record.ends_on)
    excess = find_excess(record.agreement, days, record.amount, sold, others)
    if excess:
        raise MoreThanSold(record, excess)


def moment_to_count(now: datetime) -> datetime:
    """Not before a cutoff that was counted already, while this waited for its turn: a recount at
    that cutoff would find what the batch has not."""
    latest = Batch.objects.aggregate(latest=Max("cutoff"))["latest"]
    return max(now, latest) if latest else now
