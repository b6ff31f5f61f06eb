import pytest
from django.test import Client

from catalog.producers.models import Cooperative
from tests.factories import CooperativeFactory
from tests.marketplace.dashboard.conftest import posted
from tests.marketplace.dashboard.walking import WUCHUAN, member_of


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def county(db) -> Client:
    """Wuchuan's confirmer at the desk."""
    return client_of(posted("wuchuan", "county_confirmer", WUCHUAN))


@pytest.fixture
def maker(db) -> Cooperative:
    return CooperativeFactory(slug="beipo")


@pytest.fixture
def books(maker) -> Client:
    """The cooperative's accountant at the desk."""
    return client_of(member_of(maker, "accountant", "books"))
