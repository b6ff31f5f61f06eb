"""A month of many households costs the worker no more memory than one of few.

The long version has 100,000 households with six payments each; sales of a million lines are
counted in test_big_sales.py.
"""

import gc
import tracemalloc
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.assistance.models import Agreement, Batch, Mode, Record, RecordHousehold
from catalog.assistance.services.batches import begin_batch, publish_batch
from catalog.households.models import Household
from catalog.households.sealing import seal
from catalog.origins.models import Region
from marketplace.libraries import load
from marketplace.months import start_of
from marketplace.reports.making import make_month
from tests.factories import CooperativeFactory
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN

pytestmark = pytest.mark.django_db(transaction=True)
MONTH, CUTOFF = date(2026, 10, 1), start_of(date(2026, 11, 5))
TOGETHER, PAYMENTS, CHUNK = 50, 6, 5_000
MOST = 48 * 1024 * 1024
MANY_ROWS = 100_000
STEP = 'SET "done" = ("assistance_batch"."done" + 1)'
both_sizes = pytest.mark.parametrize("size", [2_000, pytest.param(100_000, marks=pytest.mark.soak)])


def fill(size: int) -> None:
    """Households of three counties, each paid six times between May and October."""
    sealed, now = seal("一户"), timezone.now()
    counties = list(Region.objects.filter(pk__in=(WUCHUAN, QINGSHUIHE, HONGHE)).order_by("pk"))
    Household.objects.bulk_create(
        (
            Household(
                code=f"B{number:07}",
                county=counties[number // TOGETHER % 3],
                name=sealed,
                id_number=sealed,
                id_digest=f"{number:064}",
                registered_at=now,
            )
            for number in range(size)
        ),
        batch_size=CHUNK,
    )
    keys = list(Household.objects.order_by("pk").values_list("pk", flat=True))
    groups = [keys[at : at + TOGETHER] for at in range(0, size, TOGETHER)]
    agreements = [agreements_in(county) for county in counties]
    for payment in range(PAYMENTS):
        pay(groups, agreements, payment)


def agreements_in(county: Region) -> list[Agreement]:
    modes = [
        Mode.objects.get_or_create(code=code, defaults={"name": code})[0]
        for code in ("wage", "land_lease", "custody", "unified_purchase")
    ]
    return [
        Agreement.objects.create(
            number=f"{county.pk}-{turn}",
            cooperative=CooperativeFactory(county=county),
            county=county,
            mode=mode,
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            made_at=timezone.now(),
        )
        for turn, mode in enumerate(modes)
    ]


def pay(groups: list[list[int]], agreements: list[list[Agreement]], payment: int) -> None:
    day = date(2026, 5 + payment, 15)
    records = Record.objects.bulk_create(
        (record_of(agreements[turn % 3][turn % 4], day, f"{payment}-{turn}")
         for turn in range(len(groups))),
        batch_size=CHUNK,
    )  # fmt: skip
    RecordHousehold.objects.bulk_create(
        (
            RecordHousehold(record=record, household_id=key)
            for record, group in zip(records, groups, strict=True)
            for key in group
        ),
        batch_size=CHUNK,
    )


def record_of(agreement: Agreement, day: date, number: str) -> Record:
    moment = start_of(day)
    return Record(
        number=number,
        agreement=agreement,
        cooperative=agreement.cooperative,
        state="confirmed",
        begins_on=day,
        ends_on=day,
        paid_on=day,
        amount=1000,
        slip=number,
        submitted_at=moment,
        confirmed_at=moment,
    )


def made() -> Batch:
    batch = begin_batch(month=MONTH, by=None, now=CUTOFF)
    make_month(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


@both_sizes
def test_a_month_is_made_in_bounded_memory_and_tells_how_far_it_is(size):
    fill(size)
    load("scipy.optimize")
    gc.collect()
    tracemalloc.start()
    with CaptureQueriesContext(connection) as captured:
        batch = made()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert batch.state == Batch.State.READY
    assert most < MOST
    told = [
        one["sql"] for one in captured if '"done" = ("assistance_batch"."done" + 1)' in one["sql"]
    ]
    assert len(told) == batch.total - 1
    year = batch.cells.get(table="all", span="year")
    assert (year.households, year.amount) == (size, 1000 * PAYMENTS * size // TOGETHER)


@pytest.mark.postgresql
@both_sizes
def test_the_page_of_figures_reads_no_long_table_from_end_to_end(client, size):
    fill(size)
    publish_batch(batch_id=made().pk, by=None, now=CUTOFF)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/impact/").status_code == 200
    read = [one["sql"] for one in captured if one["sql"].startswith("SELECT")]
    assert len(read) <= 8
    assert [table for sql in read for table in read_whole(sql) if rows_of(table) > MANY_ROWS] == []


def read_whole(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        lines = [line for (line,) in cursor.fetchall()]
    return [line.split("Seq Scan on ")[1].split()[0] for line in lines if "Seq Scan on " in line]


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table.strip('"')])
        return cursor.fetchone()[0]
