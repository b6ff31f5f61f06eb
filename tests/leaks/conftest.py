import pytest
import time_machine

from tests.marketplace.buying import NOW


@pytest.fixture(autouse=True)
def monday_morning():
    """Goods ordered at NOW are still held for whoever ordered them."""
    with time_machine.travel(NOW, tick=False):
        yield
