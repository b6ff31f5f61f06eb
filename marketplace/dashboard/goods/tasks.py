"""Sheets of prices and stock in the worker, in the language of whoever sent them."""

from celery import shared_task
from django.utils import timezone, translation

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
