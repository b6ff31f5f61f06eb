"""A good that is packed."""

import pytest

from tests.factories import ProductFactory
from tests.marketplace.dashboard.shipping import clerk, clerks_browser, cooperative

__all__ = ["clerk", "clerks_browser", "cooperative"]


@pytest.fixture
def good(cooperative):
    return ProductFactory(cooperative=cooperative, shelf_life_days=60)
