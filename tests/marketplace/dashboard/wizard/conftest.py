"""A mill, its clerk, and the market's office."""

import pytest

from tests.marketplace.dashboard.mill import clerk, mill

__all__ = ["clerk", "mill"]


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
