"""Counter-records: the only way to correct what a county has confirmed."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from catalog.assistance.models import Record, RecordStep
from catalog.assistance.refusals import AlreadyCountered, CounterOfCounter, NotConfirmed
from catalog.assistance.services.checks import check_evidence
from catalog.assistance.services.locks import hold_record
from catalog.assistance.services.numbers import create_numbered
from catalog.assistance.services.records import new_record
from catalog.assistance.services.steps import check_reason, put_evidence, write_step
from marketplace.accounts.models import User

State = Record.State
SAME = ("begins_on", "ends_on", "paid_on", "slip")


@transaction.atomic
def counter_record(
    *,
    record_id: int,
    reason: str,
    evidence: Sequence[ContentFile] = (),
    by: User,
    now: datetime,
) -> Record:
    """Take the record back whole, once the county confirms; the new record with the amount below
    zero. One that the county has returned is handed in again, with the new reason.

    Raises CounterOfCounter, NotConfirmed, AlreadyCountered; ValidationError for `reason` and
    `evidence`.
    """
    record = hold_record(record_id)
    if record.is_counter:
        raise CounterOfCounter(record)
    if record.state != State.CONFIRMED:
        raise NotConfirmed(record)
    reason = check_reason(reason)
    counter = Record.objects.select_for_update(no_key=True).filter(counters=record).first()
    if counter and counter.state != State.RETURNED:
        raise AlreadyCountered(counter)
    there = counter.evidence.count() if counter else 0
    check_evidence(max(there + len(evidence), 1))
    counter = _again(counter, reason, now) if counter else _new(record, reason, now)
    write_step(counter, RecordStep.Kind.SUBMITTED, by, now, reason)
    put_evidence(counter, evidence, by, now)
    return counter


def _new(record: Record, reason: str, now: datetime) -> Record:
    same = {column: getattr(record, column) for column in SAME}
    counter = new_record(
        record.agreement, now, counters=record, amount=-record.amount, note=reason, **same
    )
    year = timezone.localdate(now).year
    return create_numbered(counter, prefix="SY", year=year, digits=6)


def _again(counter: Record, reason: str, now: datetime) -> Record:
    counter.state, counter.submitted_at, counter.note = State.SUBMITTED, now, reason
    counter.save(update_fields=["state", "submitted_at", "note"])
    return counter
