"""One line per event on standard error; errors go to Sentry when SENTRY_DSN is set."""

from . import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"keys": {"()": "marketplace.log_secrets.MaskKeys"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}

if env.SENTRY_DSN:
    import sentry_sdk

    sentry_sdk.init(dsn=env.SENTRY_DSN, send_default_pii=False)
