"""The Celery application, and Wagtail's background tasks driven by it."""

import os
from typing import Any

from celery import Celery, shared_task
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@shared_task
def run_background_task(path: str, args: list, kwargs: dict) -> None:
    """Call the function behind a django-tasks Task, named by its dotted path."""
    import_string(path).func(*args, **kwargs)


class CeleryTaskBackend(BaseTaskBackend):
    """Hands a task to Celery after the commit, so that the worker sees what it is about.

    What was committed stands, whether or not a broker took the task: a failure is logged.
    """

    def enqueue(self, task: Task, args: tuple, kwargs: dict[str, Any]) -> TaskResult:
        self.validate_task(task)

        def send() -> None:
            run_background_task.delay(task.module_path, list(args), kwargs)

        transaction.on_commit(send, robust=True)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
