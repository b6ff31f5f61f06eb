"""Sheets that nobody had written: after a day their files are gone."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.households.models import RegisterImport
from marketplace.attempts import LOST_AFTER

State = RegisterImport.State
LIFE = timedelta(days=1)


def drop_old_files(*, now: datetime) -> None:
    for job in waiting().filter(begun_at__lt=now - LIFE):
        drop_file(job_id=job.pk, now=now)


def lost_imports(now: datetime) -> QuerySet[RegisterImport]:
    """Which the worker has been busy with for too long; to begin again is safe."""
    busy = waiting().filter(state__in=[State.CHECKING, State.WRITING])
    return busy.filter(begun_at__lt=now - LOST_AFTER)


def waiting() -> QuerySet[RegisterImport]:
    return RegisterImport.objects.exclude(sealed=None).defer("sealed").order_by("pk")


@transaction.atomic
def drop_file(*, job_id: int, now: datetime) -> None:
    job = waiting().select_for_update(no_key=True).filter(pk=job_id).first()
    if job is None:
        return
    words = _("The file was a day old and is dropped. What was not written yet is not written.")
    job.errors = [[0, words], *job.errors]
    job.state, job.ended_at, job.sealed = State.REFUSED, now, None
    job.save(update_fields=["errors", "state", "ended_at", "sealed"])
