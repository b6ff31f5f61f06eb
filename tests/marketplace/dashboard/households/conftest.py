import pytest

from catalog.origins.models import Region
from tests.catalog.households.rows import register
from tests.factories.households import WUCHUAN
from tests.marketplace.dashboard.conftest import posted

__all__ = ["register"]
REGISTER = f"/en/dashboard/county/{WUCHUAN}/households/"


@pytest.fixture
def wuchuan(db) -> Region:
    return Region.objects.get(pk=WUCHUAN)


@pytest.fixture
def official(db):
    return posted("official", "county_confirmer", WUCHUAN)


@pytest.fixture
def desk(client, official):
    """A client signed in at the county's desk."""
    client.force_login(official)
    return client


def text_of(answer) -> str:
    return answer.content.decode()
