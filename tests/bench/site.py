"""The shop to be measured: a PostgreSQL of its own, many goods, two web processes."""

import os
import time
from contextlib import AbstractContextManager, contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.bench.server import HOST, database_url, running
from tests.database import VAR, Templates, ensure_reference_template, make_templates


@contextmanager
def fresh_database():
    """A migrated database of this run on the test server, dropped at the end; static files too."""
    templates = make_templates()
    templates.name = f"bench_{os.getpid()}"
    templates.restore(ensure_reference_template(templates))
    settings.MEDIA_ROOT = VAR / "bench-media"
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        yield templates
    finally:
        templates.use("postgres")
        templates.drop(templates.name)


def fill(count: int) -> float:
    """Bring the world to so many goods; returns seconds."""
    begun = time.monotonic()
    call_command("demo", products=count, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return time.monotonic() - begun


def running_server(templates: Templates, threads: int = 1) -> AbstractContextManager[int]:
    """Ours on the database of this run; yields its port."""
    environment = {
        "DATABASE_URL": database_url(templates.name),
        "ALLOWED_HOSTS": HOST,
        "STRIPE_API_BASE": settings.STRIPE_API_BASE,
    }
    return running("marketplace.wsgi:application", environment, probe="/healthz", threads=threads)
