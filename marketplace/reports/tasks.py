"""Figures in the worker."""

from celery import shared_task

from marketplace.reports import making


@shared_task
def make_month(batch_id: int) -> None:
    """One that is not being counted (any more) is left: a task may come twice."""
    making.make_month(batch_id=batch_id)
