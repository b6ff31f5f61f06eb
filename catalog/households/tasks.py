"""What the worker does for the register: sheets, in the language of whoever sent them, and what
the clock asks. A task is handed keys of rows and nothing that stands in them."""

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from catalog.households.models import RegisterImport
from catalog.households.services import erase_due, importing
from catalog.households.services.dropping import drop_old_files, lost_imports


@shared_task
def look_through_sheet(job_id: int, language: str) -> None:
    with translation.override(language):
        importing.look_through(job_id=job_id, now=timezone.now())


@shared_task
def write_sheet_rows(job_id: int, language: str) -> None:
    with translation.override(language):
        importing.write_rows(job_id=job_id, now=timezone.now())


@shared_task
def follow_sheets() -> None:
    """Files that are a day old are dropped; what the worker has lost it gets again."""
    now = timezone.now()
    drop_old_files(now=now)
    for job in lost_imports(now):
        hand_on(job, settings.LANGUAGE_CODE)


@shared_task
def erase_what_is_due() -> None:
    erase_due(now=timezone.now())


BUSY = {
    RegisterImport.State.CHECKING: look_through_sheet,
    RegisterImport.State.WRITING: write_sheet_rows,
}


def hand_on(job: RegisterImport, language: str) -> None:
    """To the worker, once the transaction is over."""
    task, key = BUSY[RegisterImport.State(job.state)], job.pk
    transaction.on_commit(lambda: task.delay(key, language), robust=True)
