"""Cookies, transport and the content security policy: no inline script anywhere."""

from csp.constants import NONE, SELF

from . import env
from .storage import BUCKET_HOST

_HTTPS = env.SITE_URL.startswith("https://")

CSRF_TRUSTED_ORIGINS = env.CSRF_TRUSTED_ORIGINS
# An agreement's list is sent with a field for each household.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
CSRF_FAILURE_VIEW = "marketplace.errors.csrf_failure"
DEFAULT_EXCEPTION_REPORTER_FILTER = "marketplace.register_secrets.RegisterFilter"
FILE_UPLOAD_HANDLERS = [
    "marketplace.register_secrets.RegisterUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Attempts are counted for each visitor's address, which a proxy writes to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail shows its preview in a frame of our own pages.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([f"https://{BUCKET_HOST}"] if BUCKET_HOST else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    },
}
