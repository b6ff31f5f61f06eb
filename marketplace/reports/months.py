"""Having a month's figures made."""

from datetime import date, datetime

from django.db import transaction

from catalog.assistance.models import Batch
from catalog.assistance.services.batches import begin_batch
from marketplace.accounts.models import User
from marketplace.reports.tasks import make_month


@transaction.atomic
def start_month(*, month: date, by: User, now: datetime) -> Batch:
    """Begin a batch and have it counted after the commit. Raises BatchRefused."""
    batch = begin_batch(month=month, by=by, now=now)
    transaction.on_commit(lambda: make_month.delay(batch.pk), robust=True)
    return batch
