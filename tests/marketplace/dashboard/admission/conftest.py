import pytest
from django.test import Client

from tests.marketplace.dashboard.conftest import posted, somebody


@pytest.fixture
def grower():
    return somebody("grower")


@pytest.fixture
def phone(client, grower):
    """The applicant's."""
    client.force_login(grower)
    return client


@pytest.fixture
def county():
    client = Client()
    client.force_login(posted("wuchuan", "county_confirmer", "150125"))
    return client


@pytest.fixture
def office_of():
    """The operator's, beside the applicant's phone."""
    client = Client()
    client.force_login(posted("op", "operator"))
    return client
