import pytest
import time_machine
from django.utils import translation

from catalog.origins.models import Region
from tests.catalog.households.rows import register
from tests.factories.households import WUCHUAN
from tests.marketplace.buying import NOW

__all__ = ["register"]


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def english():
    """Refusals are asserted in the words that they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def wuchuan(db) -> Region:
    return Region.objects.get(pk=WUCHUAN)
