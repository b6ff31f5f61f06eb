"""A mill, its clerk, and the market's office."""

import pytest

from tests.factories import CooperativeFactory
from tests.marketplace.dashboard.walking import member_of


@pytest.fixture
def mill():
    return CooperativeFactory(slug="mill")


@pytest.fixture
def clerk(client, mill):
    client.force_login(member_of(mill, "clerk", "clerk"))
    return client


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done after the commit is done when the block ends."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def office_of(client, operator):
    def seat():
        client.force_login(operator)
        return client

    return seat
