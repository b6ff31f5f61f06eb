"""What has to be there before the demonstration can open, and whether it already is."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from marketplace.demo.children import Children
from marketplace.settings import env

DATABASE = env.VAR_DIR / "db.sqlite3"
STATIC = env.VAR_DIR / "static"
STEPS_PER_LINE = 60
WORLD_SOURCES = (
    "*/**/migrations/*.py",
    "catalog/**/data/*",
    "cms/**/data/*",
    "marketplace/*/data/**/*.*",
    "marketplace/demo/art/*",
    "marketplace/demo/services/*.py",
)
STATIC_SOURCES = ("marketplace/static/**/*.*",)
Tell = Callable[..., None]


class StepError(Exception):
    """A step of the preparation ended with an error; its log says which."""


def fingerprint(patterns: Iterable[str], salt: str = "") -> int:
    """31 bits of the names and contents of our files and of the locked requirements."""
    total = sha256(salt.encode())
    found = {path for pattern in patterns for path in env.BASE_DIR.glob(pattern)}
    for path in sorted({*found, env.BASE_DIR / "requirements.lock"}):
        if path.is_file() and ".venv" not in path.parts:
            total.update(str(path.relative_to(env.BASE_DIR)).encode() + path.read_bytes())
    return int.from_bytes(total.digest()[:4]) >> 1


def world_fingerprint() -> int:
    """Changes with migrations and data, and every fortnight: then chilled lots are renewed."""
    return fingerprint(WORLD_SOURCES, salt=str(datetime.now(UTC).toordinal() // 14))


def world_is_loaded(wanted: int) -> bool:
    """The mark lies in the SQLite file itself, so that it cannot outlive the data.

    On PostgreSQL nothing is remembered: migrating and loading again take seconds.
    """
    if not env.EMBEDDED or not DATABASE.exists():
        return False
    with closing(sqlite3.connect(DATABASE)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0] == wanted


def mark_world(value: int) -> None:
    if env.EMBEDDED:
        with closing(sqlite3.connect(DATABASE)) as connection:
            connection.execute(f"PRAGMA user_version = {value:d}")


async def prepare(*, children: Children, tell: Tell) -> None:
    """Migrate, collect static files, load the world: whatever is not there yet."""
    world, static = world_fingerprint(), str(fingerprint(STATIC_SOURCES))
    stamp = STATIC / "fingerprint"
    steps = []
    if not world_is_loaded(world):
        if not DATABASE.exists():
            tell("first_time")
        steps.append(_migrate_and_load(children, tell, world))
    if not stamp.exists() or stamp.read_text() != static:
        steps.append(_collect_static(children, tell, stamp, static))
    if not steps:
        tell("ready_before")
    await asyncio.gather(*steps)


async def _migrate_and_load(children: Children, tell: Tell, world: int) -> None:
    tell("migrate")
    child = await _manage(children, "migrate", stdout=asyncio.subprocess.PIPE)
    count = 0
    async for line in child.stdout:
        count += line.startswith(b"  Applying")
        if line.startswith(b"  Applying") and count % STEPS_PER_LINE == 0:
            tell("migrated", count=count)
    await _finish(children, "migrate")
    tell("world")
    await _manage(children, "demo", stdout=None)
    await _finish(children, "demo")
    mark_world(world)


async def _collect_static(children: Children, tell: Tell, stamp: Path, value: str) -> None:
    tell("static")
    await _manage(children, "collectstatic", "--no-input")
    await _finish(children, "collectstatic")
    stamp.write_text(value)


async def _manage(children: Children, name: str, *arguments: str, **options: object) -> Process:
    manage = str(env.BASE_DIR / "manage.py")
    return await children.start(name, sys.executable, "-u", manage, name, *arguments, **options)


async def _finish(children: Children, name: str) -> None:
    code = await children.running[name].wait()
    del children.running[name]
    if code:
        raise StepError(name)
