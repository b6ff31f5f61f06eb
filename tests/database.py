"""Migrated template databases, made once and copied at each start.

A template is keyed by a hash of the migrations (and, for the demonstration world, of its
data), lies on the test server or under var/, and is copied in well under a second.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import fasteners
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from cms.images.tasks import make_renditions_of
from tests.migrating import quick_migrations

VAR = settings.BASE_DIR / "var"


def digest(paths: Iterable[Path]) -> str:
    """Of the names and contents of the files, in order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return total.hexdigest()[:12]


def migrations_digest() -> str:
    """Of the names of all migrations; of ours the contents too, while they are being written."""
    names = sorted(".".join(key) for key in MigrationLoader(None).disk_migrations)
    rooms = ("marketplace", "catalog", "cms")
    ours = [p for room in rooms for p in (settings.BASE_DIR / room).rglob("migrations/0*.py")]
    return hashlib.sha256(("\n".join(names) + digest(ours)).encode()).hexdigest()[:12]


def reference_digest() -> str:
    folders = ("catalog/**/data/*", "marketplace/search/data/*", "marketplace/shipping/data/*")
    return digest(path for folder in folders for path in settings.BASE_DIR.glob(folder))


class Templates:
    """The database of this run and the templates that it may be copied from."""

    def __init__(self) -> None:
        self.name = f"run_{os.getpid()}"
        self.lock = fasteners.InterProcessLock(VAR / f"test-templates-{connection.vendor}.lock")

    def use(self, name: str) -> None:
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = name
        connection.settings_dict["NAME"] = name

    def ensure(self, template: str, build: Callable[[], None], base: str | None = None) -> None:
        """Make the template by running `build` on a fresh database, unless it is there."""
        with self.lock:
            if self.exists(template):
                return
            work = f"{template}_making"
            self.drop(work)
            self.create(work, base)
            self.use(work)
            build()
            connections.close_all()
            self.rename(work, template)

    def restore(self, template: str) -> None:
        """Make the run's database a fresh copy of the template."""
        connections.close_all()
        self.drop(self.name)
        self.create(self.name, template)
        self.use(self.name)

    def empty(self, template: str) -> None:
        """The same, in a cheaper way where there is one."""
        self.restore(template)


SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
TABLES = "SELECT relname FROM pg_stat_user_tables"
WRITTEN = f"{TABLES} WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
SEQUENCES = """SELECT objid::regclass FROM pg_depend JOIN pg_class ON pg_class.oid = objid
WHERE refobjid = %s::regclass AND relkind = 'S'"""


class PostgresTemplates(Templates):
    origin: str | None = None
    filled: frozenset[str] = frozenset()

    def restore(self, template: str) -> None:
        super().restore(template)
        if self.origin != template:
            self.origin, self.filled = template, self.filled_tables()

    def empty(self, template: str) -> None:
        """A copy takes as long as a whole race. So where only tables were written that are empty
        in the template, they are emptied, as the server's own counters tell; otherwise, or with
        another session about, it is copied."""
        connections.close_all()
        if self.origin != template or not self.is_alone() or not self.emptied():
            self.restore(template)

    def is_alone(self) -> bool:
        """Sessions count what they wrote when they end, a moment after they are closed."""
        end = time.monotonic() + 2
        while time.monotonic() < end:
            with self.server() as cursor:
                cursor.execute(SESSIONS, [self.name])
                if cursor.fetchone()[0] == 0:
                    return True
            time.sleep(0.01)
        return False

    def emptied(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            written = [row[0] for row in cursor.fetchall()]
            if not self.filled.isdisjoint(written):
                return False
            cursor.execute("SET session_replication_role = replica")
            for table in written:
                cursor.execute(f'DELETE FROM "{table}"')
                cursor.execute(SEQUENCES, [f'"{table}"'])
                for (sequence,) in cursor.fetchall():
                    cursor.execute(f"ALTER SEQUENCE {sequence} RESTART")
            cursor.execute("RESET session_replication_role")
            cursor.execute("SELECT pg_stat_reset()")
        connections.close_all()
        return True

    def filled_tables(self) -> frozenset[str]:
        """Of a fresh copy: its reference rows are not for emptying."""
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            tables = [row[0] for row in cursor.fetchall()]
            looks = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
            cursor.execute(" UNION ALL ".join(looks))
            return frozenset(row[0] for row in cursor.fetchall())

    @contextmanager
    def server(self):
        with connection._nodb_cursor() as cursor:
            yield cursor

    def exists(self, name: str) -> bool:
        with self.server() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def create(self, name: str, template: str | None) -> None:
        source = f' TEMPLATE "{template}"' if template else ""
        with self.server() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"{source}')

    def drop(self, name: str) -> None:
        with self.server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, old: str, new: str) -> None:
        with self.server() as cursor:
            cursor.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


class SqliteTemplates(Templates):
    def path(self, name: str) -> Path:
        return VAR / f"test-{Path(name).stem.removeprefix('test-')}.sqlite3"

    def use(self, name: str) -> None:
        super().use(str(self.path(name)))

    def exists(self, name: str) -> bool:
        return self.path(name).exists()

    def create(self, name: str, template: str | None) -> None:
        if template:
            shutil.copyfile(self.path(template), self.path(name))

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path(name)}{suffix}").unlink(missing_ok=True)

    def rename(self, old: str, new: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        self.path(old).rename(self.path(new))


def make_templates() -> Templates:
    return PostgresTemplates() if connection.vendor == "postgresql" else SqliteTemplates()


def build_migrated() -> None:
    with quick_migrations():
        call_command("migrate", verbosity=0, interactive=False)


def build_reference() -> None:
    call_command("load_reference_data", verbosity=0)


def ensure_reference_template(templates: Templates) -> str:
    """Name of the template that holds every migration and the reference data."""
    migrated = f"template_{migrations_digest()}"
    templates.ensure(migrated, build_migrated)
    name = f"{migrated}_{reference_digest()}"
    templates.ensure(name, build_reference, base=migrated)
    return name


def ensure_demo_template(templates: Templates) -> tuple[str, Path]:
    """The template that holds the demonstration world, and the folder of its pictures.

    AVIF takes ten times as long as all else that is made of a picture, and pages do without: it
    is left to a worker, who is not there. What AVIF is for, tests/cms/test_images.py shows.
    """
    base = ensure_reference_template(templates)
    source = settings.BASE_DIR / "marketplace" / "demo"
    files = [*source.glob("data/**/*.toml"), *source.glob("**/*.py"), *source.glob("art/*")]
    name = f"demo_{base.removeprefix('template_')}_{digest(files)}"
    media = VAR / "test-media" / f"{connection.vendor}-{name}"

    def build() -> None:
        shutil.rmtree(media, ignore_errors=True)
        without_avif = patch.object(make_renditions_of, "apply_async")
        with override_settings(MEDIA_ROOT=media), without_avif:
            call_command("demo", verbosity=0)

    templates.ensure(name, build, base=base)
    return name, media
