import pytest

from catalog.tasks import index_goods
from marketplace.celery import CeleryTaskBackend


@pytest.fixture(autouse=True)
def nobody_searches(monkeypatch):
    """Goods are not indexed, which would take half of the time in which they are made."""
    monkeypatch.setattr(index_goods, "delay", lambda *_: None)
    monkeypatch.setattr(CeleryTaskBackend, "enqueue", lambda *_: None)
