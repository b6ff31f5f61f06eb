"""A batch with figures of every kind, two of them hidden."""

from datetime import date

import pytest

from catalog.assistance.models import Batch, Cell
from tests.factories import CooperativeFactory, specialty
from tests.factories.goods import QINGSHUIHE, WUCHUAN
from tests.factories.published import cell, publish_batch, sold

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def batch(db) -> Batch:
    """October: 406 households in all; 3 of custody and, beside them, 6017 of leases are hidden."""
    batch = publish_batch()
    cell(batch, Cell.Table.ALL, "", 406, "3276000.00")
    cell(batch, Cell.Table.MODE, "purchase_contract", 214, "1636000.00")
    cell(batch, Cell.Table.MODE, "wage", 158, "847000.00")
    cell(batch, Cell.Table.MODE, "custody", 3, "7713.13", is_hidden=True)
    cell(batch, Cell.Table.MODE, "land_lease", 6017, "99771.77", is_hidden=True)
    cell(batch, Cell.Table.COUNTY, WUCHUAN, 300, "2000000.00")
    cell(batch, Cell.Table.COUNTY, QINGSHUIHE, 106, "1276000.00")
    return batch


@pytest.fixture
def sales(batch) -> Batch:
    """Oats 38 000 and mutton 60 000 kept in September, oats 45 000 and millet 8 000 in October."""
    north, south = CooperativeFactory.create_batch(2)
    oat, mutton = specialty(), specialty("mutton", "肉羊")
    sold(batch, north, oat, SEPTEMBER, "40000.00", "2000.00")
    sold(batch, south, mutton, SEPTEMBER, "60000.00")
    sold(batch, north, oat, OCTOBER, "45000.00")
    sold(batch, north, specialty("neighbours", "邻家物产"), OCTOBER, "8000.00")
    sold(batch, CooperativeFactory(), oat, OCTOBER, "500.00", "500.00")
    return batch
