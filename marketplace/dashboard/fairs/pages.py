"""What a cooperative sees of a fair: the call, its own application, its booth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.producers.models import Cooperative
from marketplace.fairs.answers import answer_text, asked, question_text
from marketplace.fairs.models import Allotment, Exhibitor, Fair
from marketplace.fairs.phases import OVER
from marketplace.fairs.services.applying import (
    is_call_open,
    may_change,
    missing_in,
    questions_of,
)
from marketplace.fairs.services.deciding import lacking_of
from marketplace.fairs.services.steps import FOLLOWING

State = Exhibitor.State


def left_words(until: datetime, now: datetime) -> str:
    """How long it still is until then, in words of one unit."""
    minutes = max(int((until - now).total_seconds() // 60), 0)
    days, hours = minutes // (24 * 60), minutes // 60
    if days >= 2:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    if hours >= 1:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}


@dataclass(frozen=True)
class CallRow:
    """A fair to which the cooperative has not applied."""

    fair: Fair
    now: datetime

    @property
    def left(self) -> str:
        return left_words(self.fair.call_closes_at, self.now)


def open_calls(cooperative: Cooperative, now: datetime) -> list[CallRow]:
    calls = Fair.objects.in_call(now).exclude(exhibitors__cooperative=cooperative)
    return [CallRow(fair, now) for fair in calls.select_related("region")]


@dataclass(frozen=True)
class FairSide:
    """A fair as one cooperative sees it; `exhibitor` is None before it has begun to apply."""

    fair: Fair
    exhibitor: Exhibitor | None
    now: datetime

    @property
    def is_open(self) -> bool:
        return is_call_open(self.fair, self.now)

    @property
    def left(self) -> str:
        return left_words(self.fair.call_closes_at, self.now)

    @cached_property
    def may_write(self) -> bool:
        if self.exhibitor is None:
            return self.is_open
        return may_change(self.exhibitor, self.now)

    @property
    def may_return(self) -> bool:
        return self.is_open and self.exhibitor is not None and self.exhibitor.state == "withdrawn"

    @property
    def may_withdraw(self) -> bool:
        if self.exhibitor is None or self.fair.state in OVER:
            return False
        return State.WITHDRAWN in FOLLOWING[State(self.exhibitor.state)]

    @cached_property
    def missing(self) -> Iterable[str]:
        """What a draft still lacks."""
        is_draft = self.exhibitor is not None and self.exhibitor.state == State.DRAFT
        return missing_in(self.exhibitor).values() if is_draft else ()

    @cached_property
    def lacking(self) -> list[str]:
        """Papers that do not cover the days of the fair, while they still matter."""
        if self.exhibitor is None or self.exhibitor.state in (State.DECLINED, State.WITHDRAWN):
            return []
        return [paper.words for paper in lacking_of(self.exhibitor)]

    @cached_property
    def place(self) -> Allotment | None:
        """The booth that it has now."""
        if self.exhibitor is None:
            return None
        places = self.exhibitor.allotments.all()
        return next((place for place in places if place.is_in_force_at(self.now)), None)

    @property
    def place_left(self) -> str:
        return left_words(self.place.held_until, self.now)

    @cached_property
    def answers(self) -> list[tuple[str, str]]:
        if self.exhibitor is None:
            return []
        given = self.exhibitor.answers
        held = asked(questions_of(self.fair), given)
        return [(question_text(q), answer_text(q, given.get(q.key, ""))) for q in held]

    @property
    def turn(self) -> str:
        """Whose turn it is, in words."""
        if self.exhibitor is None:
            return ""
        if self.place and not self.place.confirmed_at:
            return _("Waits for you: confirm the booth, or give it back")
        words = {
            State.DRAFT: _("Waits for you: hand it in before the deadline"),
            State.APPLIED: _("Waits for the organiser: to be judged"),
            State.ACCEPTED: "" if self.place else _("Waits for the organiser: to give you a booth"),
            State.RESERVE: _("Waits for a place that gets free"),
        }
        if self.exhibitor.state == State.DRAFT and not self.is_open:
            return _("The deadline has passed; it was not handed in.")
        return words.get(State(self.exhibitor.state), "")
