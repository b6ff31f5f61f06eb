import pytest

from marketplace.accounts.models import User
from tests.catalog.admission.steps import NOW
from tests.factories.admission import official


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def grower() -> User:
    return User.objects.create_user("grower@example.com", "x")


@pytest.fixture
def auditor() -> User:
    return official("auditor")
