"""Wagtail's mails about pages that are handed in, published or sent back.

They are sent after the commit, so that none tells of what was undone, and a mail server that is
down keeps nobody from working.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)


def after_commit(notify: Callable) -> Callable:
    def receive(instance: Any, **kwargs: Any) -> None:
        transaction.on_commit(partial(notify, instance=instance, **kwargs), robust=True)

    return receive


def connect_notices() -> None:
    """Under Wagtail's own names, before Wagtail connects its own: then it leaves ours in place."""
    state, task = (
        "workflow_state_{}_email_notification",
        "group_approval_task_{}_email_notification",
    )
    for signal, sender, notify, name in (
        (
            task_submitted,
            TaskState,
            wagtails.task_submission_email_notifier,
            task.format("submitted"),
        ),
        (
            workflow_submitted,
            WorkflowState,
            wagtails.workflow_submission_email_notifier,
            state.format("submitted"),
        ),
        (
            workflow_rejected,
            WorkflowState,
            wagtails.workflow_rejection_email_notifier,
            state.format("rejected"),
        ),
        (
            workflow_approved,
            WorkflowState,
            wagtails.workflow_approval_email_notifier,
            state.format("approved"),
        ),
    ):
        signal.connect(after_commit(notify), sender=sender, weak=False, dispatch_uid=name)
