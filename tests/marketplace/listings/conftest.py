"""Who proposes, and who decides."""

import pytest

from tests.factories import CooperativeFactory
from tests.marketplace.dashboard.conftest import somebody


@pytest.fixture
def mill():
    return CooperativeFactory()


@pytest.fixture
def operator():
    return somebody("operator")
