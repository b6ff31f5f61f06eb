import pytest

from marketplace.accounts.models import User


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk@example.com")
