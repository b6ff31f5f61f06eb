"""Keeping the search in step with goods, goods with papers, and making pictures, in the worker."""

from celery import shared_task
from django.utils import timezone

from catalog import services
from catalog.compliance import recompute_begun
from catalog.models import Category
from catalog.producers.models import Cooperative
from catalog.reminders import remind_of_ends
from marketplace.portraits import show_portrait

PORTRAYED = {model._meta.label_lower: model.objects for model in (Category, Cooperative)}
BATCH = 20


@shared_task
def index_goods(relation: str, key: int | str, after: int = 0) -> None:
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


@shared_task
def show_picture(kind: str, pk: int) -> None:
    """Make the sizes of a picture that was uploaded, and let it take the old one's place."""
    show_portrait(PORTRAYED[kind].all(), pk)


@shared_task
def show_waiting_pictures() -> None:
    """Of pictures that were uploaded while the broker was away."""
    for kind, rows in PORTRAYED.items():
        waiting = rows.exclude(coming="").order_by("pk").values_list("pk", flat=True)
        for pk in waiting[:BATCH]:
            show_picture.delay(kind, pk)
