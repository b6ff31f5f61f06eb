"""Fixtures of the whole suite: the database from a template, factories' clock, no network."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from marketplace.celery import app
from tests.database import ensure_reference_template, make_templates


@pytest.fixture(scope="session")
def templates():
    return make_templates()


@pytest.fixture(scope="session")
def reference_template(templates, django_db_blocker) -> str:
    with django_db_blocker.unblock():
        return ensure_reference_template(templates)


@pytest.fixture(scope="session")
def django_db_setup(templates, reference_template, django_db_blocker):
    """Replaces pytest-django's: a copy of the template instead of a minute of migrations."""
    with django_db_blocker.unblock():
        templates.restore(reference_template)
        ask_what_it_can()

    def restore_after_transactions(self):
        templates.empty(reference_template)

    TransactionTestCase._fixture_teardown = restore_after_transactions
    yield
    with django_db_blocker.unblock():
        templates.use("postgres" if connection.vendor == "postgresql" else templates.name)
        templates.drop(templates.name)


def ask_what_it_can() -> None:
    """Django asks SQLite once per process whether it knows JSON: not in the first test that counts
    queries."""
    assert connection.features.supports_json_field


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def chinese():
    """Each test begins in the default language, whatever the one before it left active."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def dead_broker(monkeypatch):
    """Tasks go to a broker where nobody listens, and not to the process itself."""
    dead = "redis://127.0.0.1:1/0"
    changes = {"task_always_eager": False, "broker_url": dead, "broker_write_url": dead}
    for name, value in {**changes, "broker_transport_options": {}}.items():
        monkeypatch.setitem(app.conf, name, value)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


def pytest_configure(config):
    config.addinivalue_line("markers", "postgresql: needs row locks, runs on PostgreSQL only")
    config.addinivalue_line("markers", "long: a journey of minutes, begun before the others")
    config.addinivalue_line("markers", "screens: how pages look, which no database changes")
    config.addinivalue_line("markers", "soak: long, run by `make soak` alone")


NOT_ON_SQLITE = ("postgresql", "screens")


def turn(item) -> int:
    if "journeys" not in item.path.parts:
        return 0
    return 1 if item.get_closest_marker("long") else 2


WIDE = 1000


def not_on_sqlite(item) -> bool:
    half = 0 < width_of(item) < WIDE
    return half or any(map(item.get_closest_marker, NOT_ON_SQLITE))


def not_on_postgresql(item) -> bool:
    return width_of(item) > WIDE and item.get_closest_marker("screens") is None


def width_of(item) -> int:
    """Of a journey that is made on both widths; 0 of what chose its own, or has none."""
    chosen = any("viewport" in mark.args[0] for mark in item.iter_markers("parametrize"))
    params = getattr(item, "callspec", None) and item.callspec.params
    return params["viewport"][0] if params and "viewport" in params and not chosen else 0


def pytest_collection_modifyitems(config, items):
    """Fast tests first, journeys last, of these the longest first, so that no worker waits for
    the other; what SQLite cannot show, or not otherwise, is left out by name and visibly.

    Playwright keeps an event loop running in its thread until the process ends, so no test that
    runs a loop of its own may come after the first journey.
    """
    items.sort(key=turn)
    on_sqlite = os.environ.get("TEST_DATABASE") == "sqlite"
    unseen = not_on_sqlite if on_sqlite else not_on_postgresql
    left_out = [item for item in items if unseen(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
