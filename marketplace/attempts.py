"""Work that is tried until it is done, by one process at a time, with pauses that grow."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=6)
# What takes minutes and is not done by then: the broker was away, or the worker has stopped.
LOST_AFTER = timedelta(minutes=30)


def pause_after(attempts: int) -> timedelta:
    """How long to wait for the next attempt after so many that failed."""
    return min(FIRST_PAUSE * 2 ** min(attempts, 10), LONGEST_PAUSE)


class AttemptQuerySet(models.QuerySet):
    """Which rows are `unfinished()` is for each kind of work to say."""

    def unfinished(self) -> Self:
        raise NotImplementedError

    def due(self, now: datetime) -> Self:
        """Not done, and nobody is trying just now."""
        return self.unfinished().filter(next_attempt_at__lte=now)

    def take(self, work: "Attempted", now: datetime) -> bool:
        """Reserve one attempt by a conditional UPDATE; False when it is not due or was taken.

        Should the process die meanwhile, the work is due again after the pause.
        """
        again_at = now + pause_after(work.attempts)
        mine = self.due(now).filter(pk=work.pk)
        return mine.update(attempts=F("attempts") + 1, next_attempt_at=again_at) == 1


class Attempted(models.Model):
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("Next attempt at"), default=timezone.now)

    class Meta:
        abstract = True
