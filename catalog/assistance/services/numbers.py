"""Numbers as they stand on paper, counted on from the last one of the year."""

from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Length

Numbered = TypeVar("Numbered", bound=models.Model)
TRIES = 50


def create_numbered(row: Numbered, *, prefix: str, year: int, digits: int) -> Numbered:
    """Save the new row under the next number, as XY2026-0001.

    Whoever takes the same number in the same moment waits for the other, and takes the next one.
    """
    beginning = f"{prefix}{year}-"
    for attempt in range(TRIES):
        row.number = f"{beginning}{last_of(type(row), beginning) + 1:0{digits}}"
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            is_taken = type(row).objects.filter(number=row.number).exists()
            if not is_taken or attempt == TRIES - 1:
                raise
        else:
            return row
    raise AssertionError


def last_of(model: type[models.Model], beginning: str) -> int:
    """The longest number is the latest: after …-9999 comes …-10000."""
    rows = model.objects.filter(number__startswith=beginning)
    last = rows.order_by(Length("number").desc(), "-number").first()
    return int(last.number.removeprefix(beginning)) if last else 0
