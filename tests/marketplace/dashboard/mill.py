"""A mill and its clerk, for rooms of the back office that are about goods."""

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
