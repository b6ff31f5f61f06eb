"""Exchanging the pictures of specialties and producers; their sizes are made in the worker."""

from django.db import transaction

from catalog.models import Category
from catalog.producers.models import Cooperative
from catalog.tasks import show_picture
from marketplace.portraits import store_portrait


def put_picture(*, row: Category | Cooperative, photo: bytes) -> str:
    """Let a clean photo be the row's next picture; returns its name.

    Called last in the transaction that holds the row: nothing may be refused any more.
    """
    name = store_portrait(row, photo)
    kind, pk = row._meta.label_lower, row.pk
    transaction.on_commit(lambda: show_picture.delay(kind, pk), robust=True)
    return name


@transaction.atomic
def put_badge(*, cooperative_id: int, photo: bytes) -> tuple[str, str]:
    """The name of a producer's picture before, and the new one's."""
    maker = Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative_id)
    before = maker.coming or maker.badge.name
    return before, put_picture(row=maker, photo=photo)
