import pytest
import time_machine
from django.utils import translation

from catalog.households.models import Household, RegisterStep, Reveal, Standing
from catalog.origins.models import Region
from tests.factories.households import WUCHUAN
from tests.marketplace.buying import NOW


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


@pytest.fixture
def register():
    """All rows of the register as they stand, to be held beside those of later."""

    def rows() -> list[list[dict]]:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Household, Standing, Reveal, RegisterStep)
        ]

    return rows
