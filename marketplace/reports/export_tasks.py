"""Exports in the worker, in the language of whoever asked for them; and those that it lost."""

from celery import shared_task
from django.utils import timezone, translation

from marketplace.reports import exporting


@shared_task
def make_export(export_id: int, language: str) -> None:
    with translation.override(language):
        exporting.make_export(export_id=export_id)


@shared_task
def fail_lost_exports() -> None:
    exporting.fail_lost_exports(now=timezone.now())
