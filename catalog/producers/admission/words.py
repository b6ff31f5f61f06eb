"""Where an application stands and whom it waits for, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.producers.admission.models import Application
from catalog.producers.admission.states import ENDED, State

# The way from the beginning to the end, by the state that each part leads to.
WAY = (State.SUBMITTED, State.RECOMMENDED, State.NOTICE, State.OPEN)


def waits_for(application: Application, day: date, *, mine: bool = False) -> str:
    """Whose turn it is, said to whoever reads, who may have applied; empty when it is nobody's.

    An application read `for_rows` knows how many objections have no answer.
    """
    if mine and application.is_in_hand:
        return _("Waits for you: hand it in when everything is right")
    county = application.county.name_text if application.county else ""
    words = {
        State.DRAFT: _("Waits for whoever applies: to be filled in and handed in"),
        State.RETURNED: _("Waits for whoever applies: to be corrected and handed in again"),
        State.SUBMITTED: _("Waits for %(county)s: to check and recommend it") % {"county": county},
        State.RECOMMENDED: _("Waits for Yinshan Market: to check the papers"),
    }
    if application.state == State.NOTICE:
        return _notice_words(application, day)
    return words.get(State(application.state), "")


def _notice_words(application: Application, day: date) -> str:
    waiting = application.unanswered
    if waiting:
        return ngettext(
            "Waits for Yinshan Market: to answer %(count)s objection",
            "Waits for Yinshan Market: to answer %(count)s objections",
            waiting,
        ) % {"count": waiting}
    if application.notice_until >= day:
        until = date_format(application.notice_until)
        return _("Waits for the public: anybody may object until %(day)s") % {"day": until}
    return _("Waits for Yinshan Market: the notice is over, it can be opened")


@dataclass(frozen=True)
class Stage:
    """One part of the way: done at a moment, under way now, or still to come."""

    label: str
    who: str
    at: datetime | None
    is_now: bool


def stages_of(application: Application) -> list[Stage]:
    """The whole way, by the prefetched steps; what came before a return counts no more."""
    labels = {
        State.SUBMITTED: (_("Handed in"), _("by you")),
        State.RECOMMENDED: (_("Recommended"), _("by the county's agriculture bureau")),
        State.NOTICE: (_("Papers checked, public notice begun"), _("by Yinshan Market")),
        State.OPEN: (_("Business opened"), _("by Yinshan Market")),
    }
    reached = _reached(application)
    now = next((state for state in WAY if state not in reached), None)
    waiting = application.state not in ENDED
    return [Stage(*labels[state], reached.get(state), waiting and state == now) for state in WAY]


def _reached(application: Application) -> dict[str, datetime]:
    """When each state was last reached, since the application was last in the applicant's hand."""
    reached: dict[str, datetime] = {}
    for step in application.steps.all():
        if step.state == State.RETURNED:
            reached.clear()
        reached[step.state] = step.at
    return reached
