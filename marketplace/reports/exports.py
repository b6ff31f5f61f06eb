"""Asking for a file of a plan and a batch."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from catalog.assistance.models import Batch
from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.reports.export_tasks import make_export
from marketplace.reports.models import Export, Plan


@transaction.atomic
def start_export(
    *,
    plan: Plan,
    batch: Batch,
    kind: Export.Kind,
    county: Region | None,
    by: User,
    now: datetime,
) -> Export:
    """Have it made after the commit, in the language of whoever asks."""
    export = Export.objects.create(
        plan=plan, batch=batch, kind=kind, county=county, by=by, begun_at=now
    )
    language = get_language()
    transaction.on_commit(lambda: make_export.delay(export.pk, language), robust=True)
    return export
