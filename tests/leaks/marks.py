"""A thousand households whose every word is known, and where these words could come out."""

import re
from collections.abc import Iterator

from django.core.cache.backends import locmem
from django.db import connection
from django.utils import timezone

from catalog.households.models import Category, Household, Standing
from catalog.households.sealing import digest, seal
from catalog.origins.models import Region

# Two letters that no text of ours has together; the beginnings of numbers that nobody has.
NAME, NUMBER, PHONE, ADDRESS = "靐龘", "15012519580", "17098765", "鞡囗沟"
MARKS = (NAME, NUMBER, PHONE, ADDRESS)
# Of a household, and not three letters that a random token may have.
CODE = re.compile(r"MK0\d{4}")
MANY = 1000


def make_marked_households(county: Region, count: int = MANY) -> list[Household]:
    now = timezone.now()
    rows = Household.objects.bulk_create(
        Household(
            code=f"MK{number:05d}",
            county=county,
            name=seal(f"{NAME}{number}"),
            id_number=seal(f"{NUMBER}{number:07d}"),
            phone=seal(f"{PHONE}{number:03d}"),
            address=seal(f"{ADDRESS}{number}号"),
            id_digest=digest(f"{NUMBER}{number:07d}"),
            registered_at=now,
        )
        for number in range(count)
    )
    category = Category.objects.order_by("pk").first()
    Standing.objects.bulk_create(
        Standing(household=row, category=category, status="assisted", begins_on=now.date())
        for row in rows
    )
    return rows


def marks_in(text: str) -> list[str]:
    """Those that stand in it, as letters or as the bytes of a column of bytes."""
    return [mark for mark in MARKS if mark in text or mark.encode().hex() in text]


def columns_with_marks() -> list[str]:
    """Tables of the database in which a mark can be read by whoever opens it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return [table for table in tables if any(map(marks_in, rows_of(cursor, table)))]


def rows_of(cursor: object, table: str) -> Iterator[str]:
    if connection.vendor == "postgresql":
        cursor.execute(f'SELECT t::text FROM "{table}" t')
        yield from (text for (text,) in cursor.fetchall())
        return
    cursor.execute(f'SELECT * FROM "{table}"')
    for row in cursor.fetchall():
        yield " ".join(one.hex() if isinstance(one, bytes) else str(one) for one in row)


def cached_texts() -> Iterator[str]:
    """Keys and values of everything in the cache of this process."""
    for entries in locmem._caches.values():
        for key, value in entries.items():
            yield key
            yield value.decode("utf-8", "replace")
