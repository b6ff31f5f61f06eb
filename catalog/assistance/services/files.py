"""Files of agreements and records: kept with their row, taken away after the commit."""

from collections.abc import Callable, Iterable

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model, QuerySet

from catalog.papers.services import save_with_file


def keep_files(make: Callable[[], Model], files: Iterable[ContentFile]) -> None:
    """One new row for each; should one of them fail, none stays in the store.

    The last thing of a transaction: what is written to a store is not rolled back.
    """
    kept: list[Model] = []
    try:
        for file in files:
            row = make()
            save_with_file(row, file)
            kept.append(row)
    except Exception:
        for row in kept:
            row.file.delete(save=False)
        raise


def take_away(rows: QuerySet) -> None:
    """The rows now, their files once that is sure."""
    files = [row.file for row in rows]
    rows.delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))
