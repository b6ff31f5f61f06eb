"""The one picture that something has, exchanged by an upload.

The old one is shown until every size of the new one is made, so that no page ever stands without.
"""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from marketplace.pictures import GOODS_WIDTHS, make_renditions


class Portrayed(models.Model):
    """`coming` names the upload whose sizes are still to be made, "" when there is none."""

    ORIGINAL: ClassVar[str]
    WIDTHS: ClassVar[Sequence[int]] = GOODS_WIDTHS

    renditions = models.JSONField(default=list, editable=False)
    coming = models.CharField(max_length=255, default="", blank=True, editable=False)

    class Meta:
        abstract = True


def store_portrait(row: Portrayed, photo: bytes) -> str:
    """Keep a clean photo (see marketplace.photos) as what is coming; returns its name.

    Called last in the transaction that holds the row. The one before stays where it is: the
    record of changes names it.
    """
    folder = row._meta.get_field(row.ORIGINAL).upload_to.rstrip("/")
    row.coming = default_storage.save(f"{folder}/{uuid.uuid4().hex}.jpg", ContentFile(photo))
    row.save(update_fields=["coming"])
    return row.coming


def show_portrait(rows: models.QuerySet, pk: int) -> None:
    """Make the sizes of what is coming, then show it.

    Nothing when there is none; when another came meanwhile, that one's turn is next.
    """
    row = rows.filter(pk=pk).exclude(coming="").first()
    if row is None:
        return
    name = row.coming
    with default_storage.open(name) as file:
        sizes = make_renditions(ContentFile(file.read(), name=name), row.WIDTHS)
    shown = {row.ORIGINAL: name, "renditions": sizes, "coming": ""}
    if not rows.filter(pk=pk, coming=name).update(**shown):
        for size in sizes:
            default_storage.delete(size["name"])
