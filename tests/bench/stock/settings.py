"""Django's and Oscar's defaults and what Oscar's getting-started pages say; else as ours has it.

What is like ours, so that it does not decide: PostgreSQL with kept connections, Redis as the
cache, two languages, the length of a list, the currency. Where there was a choice, it is the one
that is quicker for the stock shop: mail goes nowhere, and pictures are not resized.
"""

from pathlib import Path

import environ
from oscar import INSTALLED_APPS as OSCAR_APPS
from oscar.defaults import *

env = environ.Env()
FOLDER = Path(env.str("STOCK_FOLDER"))

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
SITE_ID = 1
ROOT_URLCONF = "tests.bench.stock.urls"
WSGI_APPLICATION = "tests.bench.stock.wsgi.application"

INSTALLED_APPS = [*OSCAR_APPS]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
# With APP_DIRS and without DEBUG, Django keeps compiled templates.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]

DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL"))}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": env.str("REDIS_URL"),
        "KEY_PREFIX": "stock",
    }
}
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(FOLDER / "whoosh"),
    }
}

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English"), ("zh-hans", "简体中文")]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # as Oscar's migrations have it
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = FOLDER / "media"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_PRODUCTS_PER_PAGE = env.int("STOCK_PAGE_SIZE")
OSCAR_THUMBNAILER = "tests.bench.stock.thumbnails.WholePicture"
