"""Handing in benefit records: what a cooperative says it paid, with what shows it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from catalog.assistance.models import (
    Agreement,
    AgreementHousehold,
    Record,
    RecordHousehold,
    RecordStep,
)
from catalog.assistance.refusals import CounterOfCounter, NotReturned
from catalog.assistance.services.checks import Payment, check_evidence, check_payment
from catalog.assistance.services.files import take_away
from catalog.assistance.services.locks import hold_agreement, hold_record
from catalog.assistance.services.numbers import create_numbered
from catalog.assistance.services.sold import SoldBetween
from catalog.assistance.services.steps import put_evidence, write_step
from marketplace.accounts.models import User

State, Kind = Record.State, RecordStep.Kind
WRITTEN = ("begins_on", "ends_on", "paid_on", "amount", "slip", "note")


@transaction.atomic
def submit_record(
    *,
    agreement_id: int,
    payment: Payment,
    evidence: Sequence[ContentFile],
    sold: SoldBetween,
    by: User,
    now: datetime,
) -> Record:
    """Hand it in to the county. `sold` tells for how much the cooperative sold between two days,
    less what went back.

    Raises ValidationError by field of Payment, and for `evidence`.
    """
    agreement, day = hold_agreement(agreement_id), timezone.localdate(now)
    members = check_payment(agreement=agreement, payment=payment, sold=sold, day=day)
    check_evidence(len(evidence))
    record = new_record(agreement, now)
    write_payment(record, payment)
    create_numbered(record, prefix="SY", year=day.year, digits=6)
    put_households(record, members)
    write_step(record, Kind.SUBMITTED, by, now)
    put_evidence(record, evidence, by, now)
    return record


@transaction.atomic
def resubmit_record(
    *,
    record_id: int,
    payment: Payment,
    keep: Collection[int],
    evidence: Sequence[ContentFile],
    sold: SoldBetween,
    by: User,
    now: datetime,
) -> Record:
    """Hand in again what was returned, as it now is; of its files those with the keys in `keep`
    stay. Raises NotReturned, CounterOfCounter, ValidationError as above.
    """
    record = hold_record(record_id)
    if record.is_counter:
        raise CounterOfCounter(record)
    if record.state != State.RETURNED:
        raise NotReturned(record)
    day = timezone.localdate(now)
    members = check_payment(
        agreement=record.agreement, payment=payment, sold=sold, day=day, record=record
    )
    dropped = record.evidence.exclude(pk__in=keep)
    check_evidence(record.evidence.filter(pk__in=keep).count() + len(evidence))
    write_payment(record, payment)
    record.state, record.submitted_at = State.SUBMITTED, now
    record.save(update_fields=[*WRITTEN, "state", "submitted_at"])
    put_households(record, members)
    write_step(record, Kind.SUBMITTED, by, now)
    take_away(dropped)
    put_evidence(record, evidence, by, now)
    return record


def new_record(agreement: Agreement, now: datetime, **columns: object) -> Record:
    return Record(
        agreement=agreement, cooperative=agreement.cooperative, submitted_at=now, **columns
    )


def write_payment(record: Record, payment: Payment) -> None:
    for column in WRITTEN:
        setattr(record, column, getattr(payment, column))


def put_households(record: Record, members: Sequence[AgreementHousehold]) -> None:
    record.members.all().delete()
    RecordHousehold.objects.bulk_create(
        RecordHousehold(record=record, household_id=member.household_id) for member in members
    )
