"""The environment, read in this one module (12-factor); every name stands in .env.example.

With none set the project is the embedded demonstration: SQLite, file cache, filesystem
broker and the local payment server, with all state below var/.
"""

import base64
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
EMBEDDED = not DATABASE_URL


def embedded_key(name: str, make: Callable[[], str]) -> str:
    """A random key kept in var/, so that a second start reads what the first one wrote."""
    path = VAR_DIR / name
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


def random_key() -> str:
    return secrets.token_urlsafe(50)


def random_fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not EMBEDDED:
        raise ImproperlyConfigured("SECRET_KEY must be set when DATABASE_URL is set.")
    SECRET_KEY = embedded_key("secret_key", random_key)

DEBUG = env.bool("DEBUG", default=False)
# The demonstration world may be loaded: never by accident into a production database.
DEMO_ALLOWED = EMBEDDED or DEBUG or env.str("YINSHAN_DEMO", default="") == "yes"

# The register of households: what seals it, the newest key first, and what finds a number in it.
HOUSEHOLD_KEYS = env.list("HOUSEHOLD_KEYS", default=[])
HOUSEHOLD_INDEX_KEY = env.str("HOUSEHOLD_INDEX_KEY", default="")
if not (HOUSEHOLD_KEYS and HOUSEHOLD_INDEX_KEY):
    if HOUSEHOLD_KEYS or HOUSEHOLD_INDEX_KEY or not DEMO_ALLOWED:
        raise ImproperlyConfigured("HOUSEHOLD_KEYS and HOUSEHOLD_INDEX_KEY must both be set.")
    HOUSEHOLD_KEYS = [embedded_key("household_key", random_fernet_key)]
    HOUSEHOLD_INDEX_KEY = embedded_key("household_index_key", random_key)

PORT = env.int("PORT", default=8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)


def broker_at(redis_url: str) -> str:
    """Celery's name for the Redis that the cache calls unix://…?db=…&password=…, a socket."""
    url = urlsplit(redis_url)
    if url.scheme != "unix":
        return redis_url
    asked, login = dict(parse_qsl(url.query)), url.netloc
    if "password" in asked:
        login = f"{url.username or ''}:{quote(asked['password'], safe='')}@"
    return f"redis+socket://{login}{url.path}?virtual_host={asked.get('db', 0)}"


CELERY_BROKER_URL = broker_at(env.str("CELERY_BROKER_URL", default="") or REDIS_URL)

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_PUBLISHABLE_KEY = env.str("STRIPE_PUBLISHABLE_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.list("STRIPE_WEBHOOK_SECRET", default=[])
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")

STORAGE_URL = env.str("STORAGE_URL", default="")
EMAIL_URL = env.str("EMAIL_URL", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="阴山集 <no-reply@example.com>")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
