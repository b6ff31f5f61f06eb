"""A process of its own: its mails are files, and what it hands on to the worker dies with it."""

from tests.settings import *

CELERY_TASK_ALWAYS_EAGER = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = "/nonexistent"  # each child is told its own
