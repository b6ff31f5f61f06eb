"""Sealing the whole register under the newest key, so that an older one can be taken away."""

from collections.abc import Iterator

from django.db import transaction

from catalog.households.models import Household, RegisterImport
from catalog.households.sealing import reseal_bytes

CHUNK = 500


def reseal_households(*, chunk: int = CHUNK) -> Iterator[int]:
    """Chunk by chunk, each in a transaction of its own: how many rows each had sealed anew. What
    the newest key has sealed is left alone, so that whoever was interrupted begins again."""
    for sheet in RegisterImport.objects.exclude(sealed=None).values_list("pk", flat=True):
        reseal_file(sheet)
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
def reseal_file(key: int) -> None:
    row = RegisterImport.objects.select_for_update(no_key=True).get(pk=key)
    if row.sealed is not None:
        row.sealed = reseal_bytes(bytes(row.sealed))
        row.save(update_fields=["sealed"])
