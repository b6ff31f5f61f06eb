"""Reading messages, and taking one to send it."""

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Q

from marketplace.attempts import AttemptQuerySet

MOST_ATTEMPTS = 12
SOON = timedelta(minutes=10)
BEING_TRIED = timedelta(minutes=1)


class MessageQuerySet(AttemptQuerySet):
    def unfinished(self) -> Self:
        """Not sent, and not given up."""
        return self.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS)

    def stuck(self, now: datetime) -> Self:
        """Not sent although it was tried, or although it should have been long ago."""
        return self.filter(is_stuck(now))

    def waiting(self, now: datetime) -> Self:
        """Not sent yet, and nothing is wrong with that."""
        return self.filter(~is_stuck(now), sent_at=None)

    def found(self, words: str) -> Self:
        """To recipients, or about events, in whose name the words occur; all without words."""
        if not words:
            return self
        return self.filter(Q(recipient__icontains=words) | Q(event__icontains=words))


def is_stuck(now: datetime) -> Q:
    tried = ~Q(last_error="")
    return Q(sent_at=None) & (tried | Q(created_at__lte=now - SOON))
