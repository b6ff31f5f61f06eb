"""Why an application does not go on, each with words for whoever tried."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.producers.admission.models import Application
from catalog.producers.admission.states import State


class AdmissionRefused(Exception):
    """The application stays as it is; nothing has changed."""

    @property
    def words(self) -> str:
        raise NotImplementedError


class StepRefused(AdmissionRefused):
    """It cannot go from the state that it is in to the one asked for."""

    def __init__(self, application: Application, to: State) -> None:
        super().__init__(f"{application.pk}: {application.state} → {to}")
        self.application, self.to = application, to

    @property
    def words(self) -> str:
        states = {"now": self.application.get_state_display(), "to": State(self.to).label}
        return _("Meanwhile it stands at “%(now)s”; from there it cannot go to “%(to)s”.") % states


class NotInHand(AdmissionRefused):
    """Others look at it: what it says may not change under their eyes."""

    @property
    def words(self) -> str:
        return _("It has been handed in. It can be changed again once it is returned to you.")


class OwnApplication(AdmissionRefused):
    @property
    def words(self) -> str:
        return _("This is your own application. Somebody else has to decide on it.")


class CountyNotListed(AdmissionRefused):
    @property
    def words(self) -> str:
        return _("This county may not recommend producers today. Ask Yinshan Market.")


class NoticeRuns(AdmissionRefused):
    """`until` is the last day of the notice."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until

    @property
    def words(self) -> str:
        return _("The public notice runs until %(day)s. It can be opened after that day.") % {
            "day": date_format(self.until)
        }


class ObjectionsOpen(AdmissionRefused):
    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    @property
    def words(self) -> str:
        return ngettext(
            "%(count)s objection has no answer yet. Answer it first.",
            "%(count)s objections have no answer yet. Answer them first.",
            self.count,
        ) % {"count": self.count}


class NoticeOver(AdmissionRefused):
    @property
    def words(self) -> str:
        return _("The public notice is over. Nothing can be said against it here any more.")


class TooManyObjections(AdmissionRefused):
    @property
    def words(self) -> str:
        return _("Very many have written today. Please come back tomorrow, or call us.")


class AlreadyAnswered(AdmissionRefused):
    @property
    def words(self) -> str:
        return _("Somebody has answered meanwhile. What was sent stays.")
