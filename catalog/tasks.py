"""Keeping the search in step with goods, and goods with papers, in the worker."""

from celery import shared_task
from django.utils import timezone

from catalog import services
from catalog.compliance import recompute_begun
from catalog.reminders import remind_of_ends


@shared_task
def index_goods(relation: str, key: int, after: int = 0) -> None:
    """One batch a task, so that mails and payments need not wait behind a specialty's goods."""
    last = services.index_goods(relation=relation, key=key, after=after)
    if last:
        index_goods.delay(relation, key, last)


@shared_task
def follow_papers() -> None:
    """Goods whose paper begins today are for sale; whose paper ends soon is told."""
    day = timezone.localdate()
    recompute_begun(day=day)
    remind_of_ends(day=day)
