import sqlite3

import pytest

from marketplace.demo import preparation
from marketplace.demo.preparation import fingerprint, mark_world, world_is_loaded
from marketplace.settings import env


@pytest.fixture
def embedded(monkeypatch, tmp_path):
    monkeypatch.setattr(env, "EMBEDDED", True)
    monkeypatch.setattr(preparation, "DATABASE", tmp_path / "db.sqlite3")
    return tmp_path / "db.sqlite3"


def test_a_missing_database_is_not_loaded(embedded):
    assert not world_is_loaded(7)


def test_the_mark_lies_in_the_database_and_goes_with_it(embedded):
    sqlite3.connect(embedded).close()
    mark_world(7)
    assert world_is_loaded(7)
    assert not world_is_loaded(8)
    embedded.unlink()
    assert not world_is_loaded(7)


def test_on_postgresql_nothing_is_remembered(embedded, monkeypatch):
    mark_world(7)
    monkeypatch.setattr(env, "EMBEDDED", False)
    assert not world_is_loaded(7)


def test_a_changed_file_changes_the_fingerprint(monkeypatch, tmp_path):
    monkeypatch.setattr(env, "BASE_DIR", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "requirements.lock").write_text("one")
    (tmp_path / "data" / "goods.toml").write_text("a = 1")
    before = fingerprint(["data/*"])
    assert fingerprint(["data/*"]) == before
    assert fingerprint(["data/*"], salt="x") != before
    (tmp_path / "data" / "goods.toml").write_text("a = 2")
    assert fingerprint(["data/*"]) != before
    assert 0 <= fingerprint(["data/*"]) < 2**31
