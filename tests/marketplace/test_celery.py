"""Handing tasks to the worker: what was committed stands, with or without a broker."""

import socket
import time

import pytest
from django.conf import settings

from catalog.models import Product
from marketplace.celery import app
from tests.factories import ProductFactory

NOT_TAKEN = "Error calling CeleryTaskBackend.enqueue"


@pytest.fixture
def silent_broker(dead_broker, monkeypatch):
    """It listens and never answers; our patience with it is ten times shorter than it is."""
    timeouts = {name: time / 10 for name, time in settings.REDIS_BROKER_TIMEOUTS.items()}
    monkeypatch.setitem(app.conf, "broker_transport_options", timeouts)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        for name in ("broker_url", "broker_write_url"):
            monkeypatch.setitem(app.conf, name, url)
        yield


@pytest.mark.django_db
def test_a_dead_broker_fails_no_request(django_capture_on_commit_callbacks, dead_broker, caplog):
    product = ProductFactory()
    with django_capture_on_commit_callbacks(execute=True):
        product.title = "荞麦面"
        product.save()
    assert Product.objects.filter(title="荞麦面").exists()
    assert NOT_TAKEN in caplog.text
    assert "Connection refused" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_fails_nothing_outside_of_transactions(dead_broker, caplog):
    product = ProductFactory()
    assert Product.objects.filter(pk=product.pk).exists()
    assert NOT_TAKEN in caplog.text


@pytest.mark.django_db
def test_a_silent_broker_is_given_up(django_capture_on_commit_callbacks, silent_broker, caplog):
    product = ProductFactory()
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        product.save()
    assert time.monotonic() - begun < 2
    assert NOT_TAKEN in caplog.text
    assert "Timeout" in caplog.text
