import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.demo.services.world import load_world


def silent(key, **values):
    """Hears of each step and says nothing."""


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """The world loaded today, once for these files; rolled back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_world(today=timezone.localdate(), tell=silent)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def load(world, db):
    """Loads the world again, so many days later; returns that day."""

    def load_again(days=0):
        day = timezone.localdate() + dt.timedelta(days=days)
        load_world(today=day, tell=silent)
        return day

    return load_again
