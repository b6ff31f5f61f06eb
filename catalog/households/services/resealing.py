"""Sealing the whole register, and the files that name households, under the newest key, so that
an older one can be taken away."""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import FileField

from catalog.households.models import Household, RegisterImport
from catalog.households.sealed_files import SealedStorage
from catalog.households.sealing import reseal_bytes

CHUNK = 500


def reseal_households(*, chunk: int = CHUNK) -> Iterator[int]:
    """Chunk by chunk, each in a transaction of its own: how many rows each had sealed anew. What
    the newest key has sealed is left alone, so that whoever was interrupted begins again."""
    for sheet in RegisterImport.objects.exclude(sealed=None).values_list("pk", flat=True):
        reseal_sheet(sheet)
    reseal_files()
    last = 0
    while True:
        last, count, is_end = reseal_chunk(last, chunk)
        if is_end:
            return
        yield count


@transaction.atomic
def reseal_chunk(after: int, chunk: int) -> tuple[int, int, bool]:
    """The rows behind that key, locked in their order."""
    held = Household.objects.registered().select_for_update(no_key=True)
    rows = list(held.filter(pk__gt=after).order_by("pk")[:chunk])
    if not rows:
        return after, 0, True
    changed = [row for row in rows if reseal_row(row)]
    Household.objects.bulk_update(changed, Household.SEALED)
    return rows[-1].pk, len(changed), False


def reseal_row(row: Household) -> bool:
    """Whether any of its fields was under an older key."""
    is_changed = False
    for field in Household.SEALED:
        old = getattr(row, field)
        new = old and old.resealed()
        is_changed = is_changed or new != old
        setattr(row, field, new)
    return is_changed


@transaction.atomic
def reseal_sheet(key: int) -> None:
    """Meanwhile it may have been written, given up or dropped."""
    held = RegisterImport.objects.select_for_update(no_key=True)
    row = held.filter(pk=key).exclude(sealed=None).first()
    if row is not None:
        row.sealed = reseal_bytes(bytes(row.sealed))
        row.save(update_fields=["sealed"])


def sealed_file_fields() -> list[FileField]:
    """Of whatever model: the rooms above keep files here that the register does not know. All lie
    in the one sealed store."""
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    return [
        field
        for field in fields
        if isinstance(field, FileField) and isinstance(field.storage, SealedStorage)
    ]


def reseal_files() -> None:
    """One at a time. The old file goes once every row leads to the new one; of a file whose rows
    have gone meanwhile none is left."""
    fields = sealed_file_fields()
    rows = {field: field.model._base_manager.order_by() for field in fields}
    names = {name for field in fields for name in rows[field].values_list(field.name, flat=True)}
    for old in sorted(names):
        store = fields[0].storage
        try:
            new = store.resealed(old)
        except FileNotFoundError:
            continue
        if new != old:
            moved = [
                rows[field].filter(**{field.name: old}).update(**{field.name: new})
                for field in fields
            ]
            store.delete(old if any(moved) else new)
