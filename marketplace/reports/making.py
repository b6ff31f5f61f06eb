"""A month's figures, of assistance and of sales, frozen together."""

from contextlib import suppress

from django.db import transaction

from catalog.assistance.services.batch_refusals import BatchRefused, NotProved
from catalog.assistance.services.batches import (
    BROKEN,
    NOT_PROVED,
    count_batch,
    fail_batch,
    mark_ready,
)


def make_month(*, batch_id: int) -> None:
    """Count it and make it ready; what goes wrong is kept with the batch.

    Does nothing to a batch that is not being counted, or was dropped meanwhile.
    """
    try:
        count_batch(batch_id=batch_id)
        finish(batch_id=batch_id)
    except NotProved:
        give_up(batch_id, NOT_PROVED)
    except BatchRefused:
        return
    except Exception:
        give_up(batch_id, BROKEN)
        raise


@transaction.atomic
def finish(*, batch_id: int) -> None:
    """All of it or nothing: whoever comes second finds it ready."""
    mark_ready(batch_id=batch_id)


def give_up(batch_id: int, reason: str) -> None:
    with suppress(BatchRefused):
        fail_batch(batch_id=batch_id, reason=reason)
