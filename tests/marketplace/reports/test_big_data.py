"""Many order lines: the database adds up, and what is held in memory does not grow with them."""

import tracemalloc
from datetime import date
from itertools import islice, product

import pytest
from django.db import connection

from catalog.producers.models import Cooperative
from marketplace.order.models import Channel, Line
from marketplace.reports.exporting import make_export
from marketplace.reports.models import Export, SalesCell
from marketplace.reports.progress import read_progress
from marketplace.reports.sales import freeze_sales, refunded_of, sold_in
from tests.factories import CooperativeFactory, specialty
from tests.factories.reports import CUTOFF, batch_of, export_of, plan_of
from tests.marketplace.reports.counting import frozen
from tests.marketplace.reports.trade_in_bulk import (
    LINES,
    SLUGS,
    double,
    make_trade,
    tell_the_ledger,
)

pytestmark = pytest.mark.django_db
MB = 1024**2


def freeze(month: date = date(2026, 12, 1)):
    """A batch that counts everything, and how many bytes it took at most."""
    batch = batch_of(month, cutoff=CUTOFF)
    tracemalloc.start()
    freeze_sales(batch=batch)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return batch, most


def recount_by_line() -> dict:
    """Sold and refunded by what stands on the lines themselves, one at a time."""
    found: dict = {}
    rows = Line.objects.select_related("order__payment", "consignment__partner")
    for line in rows.prefetch_related("refund_parts__refund"):
        month = line.order.payment.settled_at.astimezone(CUTOFF.tzinfo).date().replace(day=1)
        maker = line.consignment.partner.cooperative_id
        key = (maker, line.specialty_id, line.channel, month)
        sold, refunded = found.get(key, (0, 0))
        alive = (p for p in line.refund_parts.all() if p.refund.state == "succeeded")
        back = sum(part.amount for part in alive)
        found[key] = (sold + line.line_price_incl_tax, refunded + back)
    return found


def test_two_thousand_lines_are_frozen_as_they_are_counted_one_by_one():
    make_trade(orders=64)
    double()
    double()
    tell_the_ledger()
    assert Line.objects.count() == 256 * LINES == 2048
    batch, _most = freeze()
    counted = recount_by_line()
    assert frozen(batch) == counted
    assert sum(back for _sold, back in counted.values()) > 0


@pytest.mark.soak
def test_a_million_lines_take_no_more_memory_than_two_thousand_and_no_other_figures():
    make_trade(orders=250)
    tell_the_ledger()
    small, least = freeze()
    cells = frozen(small)
    connection.cursor().execute("DELETE FROM ledger_posting")
    for _ in range(9):
        double()
    tell_the_ledger()
    connection.cursor().execute("ANALYZE")
    assert Line.objects.count() == 1_024_000
    large, most = freeze()
    assert frozen(large) == {key: (sold * 512, back * 512) for key, (sold, back) in cells.items()}
    assert most < least + MB
    if connection.vendor == "postgresql":
        assert_years_without_sales_read_no_table_whole()


def assert_years_without_sales_read_no_table_whole():
    batch = batch_of(date(2029, 6, 1), cutoff=CUTOFF.replace(year=2029))
    for rows in (sold_in(batch), refunded_of(batch)):
        plan = rows.explain()
        assert "payment_in_time" in plan
        for table in ("order_line", "payment_payment", "order_order"):
            assert f"Seq Scan on {table}" not in plan


@pytest.mark.soak
def test_a_file_of_twenty_thousand_cells_takes_little_memory():
    plan, batch = plan_of(), batch_of(cutoff=CUTOFF)
    make_cells(batch)
    assert SalesCell.objects.count() == 20_000
    assert read_progress(plan=plan, batch=batch).not_planned.net > 0
    for kind in Export.Kind:
        export = export_of(plan, kind=kind)
        Export.objects.filter(pk=export.pk).update(batch=batch, state="making", file="")
        tracemalloc.start()
        make_export(export_id=export.pk)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        export.refresh_from_db()
        assert (export.state, export.done) == ("ready", 20_000)
        assert most < 24 * MB


def make_cells(batch) -> None:
    makers = Cooperative.objects.bulk_create(CooperativeFactory.build_batch(67))
    kinds = [specialty(slug, slug) for slug in SLUGS]
    months = [date(2026, number, 1) for number in range(1, 13)]
    every = product(makers, kinds, Channel.values, months)
    SalesCell.objects.bulk_create(
        (
            SalesCell(
                batch=batch,
                cooperative=maker,
                county_id=maker.county_id,
                specialty=kind,
                channel=channel,
                month=month,
                sold=9,
                refunded=1,
            )
            for maker, kind, channel, month in islice(every, 20_000)
        ),
        batch_size=5000,
    )
