"""Handing a record in, and that a refusal has changed nothing."""

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Evidence, Record, RecordHousehold, RecordStep
from catalog.assistance.services import resubmit_record, submit_record
from tests.factories.assistance import AT, PLENTY, bookkeeper, payment_of, slip_photo


def rows() -> list[tuple]:
    """Everything that records consist of."""
    models = (Record, RecordHousehold, RecordStep, Evidence)
    return [sorted(model.objects.values_list()) for model in models]


def refused(agreement, sold=PLENTY, files=1, **changes) -> dict[str, list[str]]:
    before = rows()
    with pytest.raises(ValidationError) as error:
        submit_record(
            agreement_id=agreement.pk,
            payment=payment_of(agreement, **changes),
            evidence=[slip_photo() for _ in range(files)],
            sold=sold,
            by=bookkeeper(),
            now=AT,
        )
    assert rows() == before
    return error.value.message_dict


def again(record, *, keep=None, files=0, sold=PLENTY, **changes) -> Record:
    kept = record.evidence.values_list("pk", flat=True) if keep is None else keep
    return resubmit_record(
        record_id=record.pk,
        payment=payment_of(record.agreement, **changes),
        keep=list(kept),
        evidence=[slip_photo() for _ in range(files)],
        sold=sold,
        by=bookkeeper(),
        now=AT,
    )
