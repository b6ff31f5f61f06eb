"""Races are about baskets, orders and money; what follows them in the background stays out."""

import pytest

from catalog.tasks import index_goods
from marketplace.celery import CeleryTaskBackend


@pytest.fixture(autouse=True)
def nobody_searches(monkeypatch):
    """No index is written, neither the goods' nor Wagtail's: half of the time of making goods."""
    monkeypatch.setattr(index_goods, "delay", lambda *_: None)
    monkeypatch.setattr(CeleryTaskBackend, "enqueue", lambda *_: None)
