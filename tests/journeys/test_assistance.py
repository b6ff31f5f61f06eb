"""From a sheet of households to figures that anybody can read, and what a correction does to them.

Everybody acts on screens.
"""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from catalog.assistance.models import Cell
from marketplace.reports.models import SalesCell
from tests.journeys import assisting
from tests.journeys.conftest import PHONE
from tests.journeys.phones import Phones

pytestmark = pytest.mark.long
YEAR = {"table": "all", "span": "year"}


@pytest.fixture
def viewport():
    """Counties and cooperatives work with a phone; wide screens are walked elsewhere."""
    return PHONE


@pytest.fixture
def phones(new_context, shop) -> Phones:
    return Phones(lambda: new_context().new_page(), shop)


def total_of(batch) -> Cell:
    return batch.cells.get(begins_on=batch.month.replace(month=1), **YEAR)


def sales_of(batch) -> Decimal:
    cells = SalesCell.objects.filter(batch=batch)
    return sum(cell.sold - cell.refunded for cell in cells)


def test_what_households_earned_is_recorded_confirmed_published_and_corrected(phones):
    county, grower, operator = (phones.of(who) for who in ("county", "cooperative", "operator"))
    buyer, visitor = phones.of_nobody(), phones.of_nobody()
    codes = assisting.sends_in_a_sheet(county)
    assisting.looks_at_one(county, codes[0])
    harvest = assisting.agrees(county, "订单收购", codes[:12])
    wages = assisting.agrees(county, "务工", codes[12:20])
    parcel = assisting.sells(buyer, grower)
    paid = assisting.records(grower, harvest, "9.00", "HD-20260001")
    wrong = assisting.records(grower, wages, "8.00", "HD-看不清")
    assisting.confirms(county, paid)
    assisting.returns(county, wrong)
    assisting.corrects(grower, wrong, "HD-20260002")
    assisting.confirms(county, wrong)
    first = assisting.publishes(operator)
    assisting.reads_the_figures(visitor, first)
    line = parcel.order.lines.get()
    half = (line.line_price_incl_tax / 2).quantize(Decimal("0.01"))
    assisting.refunds(operator, parcel.order, half)
    assisting.takes_back(grower, county, wrong)
    second = assisting.publishes(operator)
    before, after = total_of(first), total_of(second)
    assert after.households == before.households - 8
    assert after.amount == before.amount - Decimal("8.00")
    assert sales_of(second) == sales_of(first) - half
    assisting.reads_the_figures(visitor, second)
    with Image.open(BytesIO(assisting.keeps_the_receipt(buyer, parcel.order))) as picture:
        assert picture.size == (1080, 1440)
