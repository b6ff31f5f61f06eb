"""Keeping the search in step with goods, in the worker."""

from celery import shared_task

from catalog import services


@shared_task
def index_goods(relation: str, key: int, after: int = 0) -> None:
    """One batch a task, so that mails and payments need not wait behind a specialty's goods."""
    last = services.index_goods(relation=relation, key=key, after=after)
    if last:
        index_goods.delay(relation, key, last)
