"""Celery: Redis in production; a filesystem broker under var/ for the embedded demonstration."""

from celery.schedules import crontab

from . import env

CELERY_BROKER_URL = env.CELERY_BROKER_URL or "filesystem://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# Far more than anything takes: what hangs must not stop refunds and mails behind it.
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Requests hand on their tasks after the commit: a broker that is silent is asked twice and holds
# them up for six seconds. What must not be lost then, the timetable below looks for.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
REDIS_BROKER_TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 3}
if env.CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_BROKER_TIMEOUTS
if not env.CELERY_BROKER_URL:
    # Kombu reads the folder before anybody wrote to it.
    _FOLDER = str(env.VAR_DIR / "broker")
    (env.VAR_DIR / "broker").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": _FOLDER,
        "data_folder_out": _FOLDER,
        "control_folder": f"{_FOLDER}-control",
    }
CELERY_BEAT_SCHEDULE = {
    # Each hour, so that a worker that slept at midnight makes up for it; nothing is done twice.
    "follow-papers": {
        "task": "catalog.tasks.follow_papers",
        "schedule": 3600.0,
    },
    "send-waiting-messages": {
        "task": "marketplace.outbox.tasks.send_waiting",
        "schedule": 60.0,
    },
    "handle-waiting-stripe-events": {
        "task": "marketplace.payment.tasks.handle_waiting",
        "schedule": 60.0,
    },
    "send-waiting-refunds": {
        "task": "marketplace.payment.refunds.tasks.send_due",
        "schedule": 60.0,
    },
    "reconcile-payments": {
        "task": "marketplace.payment.tasks.reconcile_payments",
        "schedule": 600.0,
    },
    "make-missing-renditions": {
        "task": "marketplace.listings.tasks.make_missing_renditions",
        "schedule": 60.0,
    },
    "show-waiting-pictures": {
        "task": "catalog.tasks.show_waiting_pictures",
        "schedule": 60.0,
    },
    "expire-unpaid-orders": {
        "task": "marketplace.payment.tasks.expire_orders",
        "schedule": 60.0,
    },
    "warn-of-late-parcels": {
        "task": "marketplace.order.tasks.warn_of_late",
        "schedule": 600.0,
    },
    "end-what-was-sent": {
        "task": "marketplace.order.tasks.end_what_was_sent",
        "schedule": 3600.0,
    },
    "publish-scheduled-pages": {
        "task": "cms.home.tasks.publish_scheduled",
        "schedule": 60.0,
    },
    # Each hour, so that a consent that ends at midnight takes its files away by one o'clock.
    "follow-consents": {
        "task": "cms.images.tasks.follow_consents",
        "schedule": 3600.0,
    },
    "move-up-waiting-visitors": {
        "task": "marketplace.fairs.tasks.move_up_waiting",
        "schedule": 60.0,
    },
    "erase-visitors": {
        "task": "marketplace.fairs.tasks.erase_visitors",
        "schedule": 3600.0,
    },
    "follow-the-calendar-of-fairs": {
        "task": "marketplace.fairs.tasks.follow_the_calendar",
        "schedule": 60.0,
    },
    # Each hour, so that a worker that slept at midnight makes up for it.
    "erase-households": {
        "task": "catalog.households.tasks.erase_what_is_due",
        "schedule": 3600.0,
    },
    "follow-sheets-of-households": {
        "task": "catalog.households.tasks.follow_sheets",
        "schedule": 600.0,
    },
    "follow-sheets-of-goods": {
        "task": "marketplace.dashboard.goods.tasks.follow_sheets",
        "schedule": 600.0,
    },
    "fail-lost-exports": {
        "task": "marketplace.reports.export_tasks.fail_lost_exports",
        "schedule": 600.0,
    },
    "close-statements": {
        "task": "marketplace.settlement.tasks.close_months",
        "schedule": crontab(minute="20", hour="*/6"),
    },
}
TASKS = {"default": {"BACKEND": "marketplace.celery.CeleryTaskBackend"}}
