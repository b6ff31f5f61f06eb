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

    from marketplace.log_secrets import mask_event

    # What people type and what lies in variables stays here: it may be about a household.
    sentry_sdk.init(
        dsn=env.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=mask_event,
    )
