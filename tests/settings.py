"""The project's settings with what tests change: nothing leaves the process."""

import tempfile
from pathlib import Path

from marketplace.settings import *

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "marketplace.uploads.PrivateFiles",
        "OPTIONS": {"location": tempfile.mkdtemp(prefix="yinshan-test-private-")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="yinshan-test-media-"))
DEMO_PAYMENT_STATE = Path(tempfile.mkdtemp(prefix="yinshan-test-stripe-"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEMO_ALLOWED = True
PATTERN_LIBRARY = True
