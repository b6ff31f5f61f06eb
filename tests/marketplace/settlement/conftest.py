import pytest
import time_machine

from marketplace.accounts.models import User
from tests.marketplace.buying import NOW


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposer(db) -> User:
    return User.objects.create_user("proposer@example.com")


@pytest.fixture
def approver(db) -> User:
    return User.objects.create_user("approver@example.com")
