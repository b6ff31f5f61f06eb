"""Sheets of prices and stock in the worker, in the language of whoever sent them; what it has
lost it gets again."""

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from marketplace.attempts import LOST_AFTER
from marketplace.dashboard.goods import importing
from marketplace.listings.models import ShelfImport


@shared_task
def look_through(job_id: int, language: str) -> None:
    """One that was looked through already is left: a task may come twice."""
    checking = ShelfImport.objects.filter(pk=job_id, state=ShelfImport.State.CHECKING)
    job = checking.select_related("cooperative").first()
    if job:
        with translation.override(language):
            importing.look_through_sheet(job=job, now=timezone.now())


@shared_task
def write_rows(job_id: int, language: str) -> None:
    with translation.override(language):
        importing.write_sheet_rows(job_id=job_id, now=timezone.now())


@shared_task
def follow_sheets() -> None:
    """What is a day old is dropped. To begin with the others again is safe: each looks whether
    there is something to do."""
    now = timezone.now()
    importing.drop_old_sheets(now=now)
    begun = ShelfImport.objects.filter(begun_at__lt=now - LOST_AFTER)
    for job in begun.filter(state__in=BUSY).order_by("pk"):
        hand_on(job, settings.LANGUAGE_CODE)


BUSY = {ShelfImport.State.CHECKING: look_through, ShelfImport.State.WRITING: write_rows}


def hand_on(job: ShelfImport, language: str) -> None:
    """To the worker, once the transaction is over."""
    task, key = BUSY[ShelfImport.State(job.state)], job.pk
    transaction.on_commit(lambda: task.delay(key, language), robust=True)
