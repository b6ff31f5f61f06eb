"""Apps, middleware, templates, database, cache, languages, files."""

from django.utils.translation import gettext_lazy as _

from . import env
from .oscar import OSCAR_APPS
from .wagtail import WAGTAIL_APPS

BASE_DIR = env.BASE_DIR
SECRET_KEY = env.SECRET_KEY
HOUSEHOLD_KEYS = env.HOUSEHOLD_KEYS
HOUSEHOLD_INDEX_KEY = env.HOUSEHOLD_INDEX_KEY
DEBUG = env.DEBUG
ALLOWED_HOSTS = env.ALLOWED_HOSTS
SITE_URL = env.SITE_URL
SITE_ID = 1
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMBEDDED = env.EMBEDDED
DEMO_ALLOWED = env.DEMO_ALLOWED
PATTERN_LIBRARY = DEBUG

INSTALLED_APPS = [
    "marketplace.accounts",
    "catalog.origins",
    "catalog.papers",
    "catalog.producers",
    "catalog.households",
    "catalog.traceability",
    "catalog.assistance",
    "marketplace.listings",
    "marketplace.ledger",
    "marketplace.settlement",
    "marketplace.outbox",
    "marketplace.shop",
    "marketplace.aftersales",
    "marketplace.fairs",
    "marketplace.reports",
    "marketplace.dashboard",
    "marketplace.demo",
    *WAGTAIL_APPS,
    *OSCAR_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.flatpages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "marketplace" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "cms.home.unmarked.Loader"],
                )
            ],
            "libraries": {"lucide": "marketplace.icons"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.home.context_processors.chrome",
                "marketplace.shop.context_processors.large_print",
            ],
        },
    }
]

DATABASES = {
    "default": env.env.db_url_config(env.DATABASE_URL)
    if env.DATABASE_URL
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env.VAR_DIR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)

if env.REDIS_URL:
    CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": env.REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": env.VAR_DIR / "cache",
        }
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# Ours, which `make messages` collects; then what Wagtail's own catalogues lack.
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale", BASE_DIR / "cms" / "admin_words" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "marketplace" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"

if env.EMAIL_URL:
    vars().update(env.env.email_url_config(env.EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.DEFAULT_FROM_EMAIL

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "marketplace.accounts.backends.PostBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/account/"
ACCOUNT_ADAPTER = "marketplace.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SESSION_REMEMBER = True
# Beside allauth's own: a family or an office behind one address, not a machine.
ACCOUNT_RATE_LIMITS = {"sign_up_for_a_fair": "20/h/ip"}
