"""The cooperative whose first page is read."""

import pytest

from tests.marketplace.settlement.trade import maker_with_goods


@pytest.fixture
def maker(db):
    """A cooperative with one good at ¥20."""
    maker, maker.good = maker_with_goods("20.00")
    return maker
