"""For whoever watches the machine: is the process alive, and can it serve?"""

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.celery import app

OK = "ok"
BROKER_SECONDS = 1
BROKER_TIMEOUTS = {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS}

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Asks nobody else: a slow database is no reason to restart the process."""
    return HttpResponse(OK, content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part says "ok" or its fault; 503 when any is down. Details stay in the log."""
    parts = {name: state_of(name, check) for name, check in CHECKS.items()}
    ready = all(state == OK for state in parts.values())
    return JsonResponse(parts, status=200 if ready else 503)


def state_of(name: str, check: Callable[[], str]) -> str:
    """Whatever a part raises is its fault; the others are asked all the same."""
    try:
        return check()
    except Exception as fault:
        logger.exception("readyz: %s is down", name)
        return type(fault).__name__


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def check_cache() -> str:
    """What is written can be read back."""
    token = secrets.token_hex(4)
    cache.set(f"readyz-{token}", token, timeout=10)
    found = cache.get(f"readyz-{token}")
    cache.delete(f"readyz-{token}")
    return OK if found == token else "lost what was written"


def check_broker() -> str:
    """A queue can be reached within a second; the embedded one is a folder to write to."""
    folder = app.conf.broker_transport_options.get("data_folder_out")
    if folder:
        return check_folder(Path(folder))
    with app.connection_for_write(transport_options=BROKER_TIMEOUTS) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return OK


def check_folder(folder: Path) -> str:
    """The worker makes it at its first start; until then the folder above must allow that."""
    place = folder if folder.exists() else folder.parent
    return OK if os.access(place, os.W_OK) else "folder not writable"


def check_migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else OK


CHECKS = {
    "database": check_database,
    "cache": check_cache,
    "broker": check_broker,
    "migrations": check_migrations,
}
