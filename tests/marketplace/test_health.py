import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.utils import OperationalError

from marketplace import health


def test_alive_asks_neither_database_nor_cache(client, monkeypatch):
    monkeypatch.setattr(cache, "get", None)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok"


@pytest.fixture
def folder_broker(monkeypatch, tmp_path):
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    monkeypatch.setitem(health.app.conf, "broker_transport_options", options)
    return tmp_path


@pytest.mark.django_db
def test_ready_when_every_part_answers(client, folder_broker):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert json.loads(response.content) == {
        "database": "ok",
        "cache": "ok",
        "broker": "ok",
        "migrations": "ok",
    }
    assert not response.cookies


@pytest.mark.django_db
def test_a_database_that_is_down_is_named(client, folder_broker, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("password for secret-host refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    parts = json.loads(response.content)
    assert parts["database"] == "OperationalError"
    assert parts["cache"] == parts["broker"] == "ok"
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_a_cache_that_is_down_or_forgets_is_named(client, folder_broker, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["cache"] == "lost what was written"


@pytest.mark.django_db
def test_a_broker_that_is_down_is_named_within_seconds(client, monkeypatch):
    monkeypatch.setitem(health.app.conf, "broker_transport_options", {})
    for name in ("broker_url", "broker_write_url"):
        monkeypatch.setitem(health.app.conf, name, "redis://127.0.0.1:1/0")
    response = client.get("/readyz")
    assert response.status_code == 503
    parts = json.loads(response.content)
    assert parts.pop("broker") == "OperationalError"
    assert set(parts.values()) == {"ok"}


@pytest.mark.django_db
def test_a_folder_that_nobody_may_write_to_is_named(client, folder_broker, monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda path, mode: False)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["broker"] == "folder not writable"


@pytest.mark.django_db
def test_a_migration_not_applied_is_named(client, folder_broker):
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM django_migrations WHERE app = 'home'")
        cursor.execute("DELETE FROM django_migrations WHERE id = %s", cursor.fetchone())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["migrations"] == "1 not applied"
