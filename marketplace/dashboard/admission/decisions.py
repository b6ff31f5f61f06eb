"""What a county and an operator may decide: when, with which form, by which service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.producers.admission.services import (
    begin_notice,
    recommend_application,
    reject_application,
    return_application,
)
from catalog.producers.admission.states import State
from catalog.producers.models import Application
from marketplace.accounts.models import User
from marketplace.dashboard.admission.forms import NoteForm, ReasonForm, RecommendForm
from marketplace.dashboard.fields import ServiceForm
from marketplace.partner.opening import open_business


def always(_application: Application) -> bool:
    return True


def may_open(application: Application) -> bool:
    """Nothing is left to wait for; the service has the last word."""
    return not application.unanswered and application.notice_until < timezone.localdate()


@dataclass(frozen=True)
class Decision:
    """`during` are the states in which it is offered; `act` takes the form's words by name."""

    slug: str
    during: tuple[State, ...]
    label: str
    text: str
    done: str
    form: type[forms.Form]
    act: Callable[..., object]
    weight: str = ""
    when: Callable[[Application], bool] = always

    def is_offered(self, application: Application) -> bool:
        return application.state in self.during and self.when(application)

    def take(self, application: Application, *, by: User, now: datetime, **said: object) -> None:
        """Raises AdmissionRefused."""
        self.act(application_id=application.pk, by=by, now=now, **said)


def countys_decisions() -> list[Decision]:
    return [
        Decision(
            "recommend",
            (State.SUBMITTED,),
            _("Recommend"),
            _("You have seen the business, and the stamped sheet says so."),
            _("Recommended. Yinshan Market checks the papers next."),
            RecommendForm,
            recommend_application,
        ),
        *_both((State.SUBMITTED,)),
    ]


def operators_decisions() -> list[Decision]:
    return [
        Decision(
            "notice",
            (State.RECOMMENDED,),
            _("Papers are right: begin the public notice"),
            _("Name, place and what it makes stand in public, and anybody may object."),
            _("The public notice has begun."),
            NoteForm,
            begin_notice,
        ),
        Decision(
            "open",
            (State.NOTICE,),
            _("Open the business"),
            _("It gets its page, its shelf and its owner, and may put up goods."),
            _("Opened. The owner has been told."),
            ServiceForm,
            open_business,
            when=may_open,
        ),
        *_both((State.RECOMMENDED, State.NOTICE)),
    ]


def _both(during: tuple[State, ...]) -> list[Decision]:
    return [
        Decision(
            "return",
            during,
            _("Return for correction"),
            _("What was typed is kept; after the correction it begins with the county again."),
            _("Returned. Whoever applied has been told why."),
            ReasonForm,
            return_application,
            "outline",
        ),
        Decision(
            "reject",
            during,
            _("Decline"),
            _("For good. Whoever applied may begin a new application."),
            _("Declined. Whoever applied has been told why."),
            ReasonForm,
            reject_application,
            "outline",
        ),
    ]
