"""Pages for visitors of a fair."""

import pytest

from tests.factories.visitors import SessionFactory


@pytest.fixture
def entry(db):
    """The first day of a planned fair."""
    return SessionFactory()
