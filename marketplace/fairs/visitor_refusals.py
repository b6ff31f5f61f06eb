"""Why a visitor does not get what was asked. Whoever raises one of these has changed nothing."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from marketplace.fairs.models import Session


class VisitorRefused(Exception):
    """`words` say why in the reader's language, `field` beside which field of the form."""

    words: str
    field: str | None = None


class NoVisitorsNow(VisitorRefused):
    """The fair is not planned yet, or over."""

    @property
    def words(self) -> str:
        return _("This fair takes no sign-ups now.")


class ConsentMissing(VisitorRefused):
    field = "consent"

    @property
    def words(self) -> str:
        return _("Without your consent we may not write a ticket.")


class NotOneDay(VisitorRefused):
    """A ticket is for entry on exactly one day."""

    field = "day"

    @property
    def words(self) -> str:
        return _("Please choose one day of the fair.")


class SessionRefused(VisitorRefused):
    """`session` is the one that cannot be had."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.session = session

    @property
    def field(self) -> str:
        return "day" if self.session.is_entry else "sessions"


class SessionOver(SessionRefused):
    @property
    def words(self) -> str:
        return _("“%(title)s” is over.") % {"title": self.session.title_text}


class SessionOnAnotherDay(SessionRefused):
    """Nobody gets in that day with this ticket."""

    @property
    def words(self) -> str:
        return _("“%(title)s” is on another day than your entry.") % {
            "title": self.session.title_text
        }


class NotSignedUpFor(SessionRefused):
    """It has no seats to sign up for, or belongs to another fair."""

    @property
    def words(self) -> str:
        return _("“%(title)s” needs no sign-up.") % {"title": self.session.title_text}


class AlreadySignedUp(VisitorRefused):
    """The number has a ticket. Whose it is, a stranger is not told; its owner is helped back."""

    field = "phone"

    def __init__(self, ticket_id: int, is_mailed: bool) -> None:
        super().__init__(ticket_id)
        self.ticket_id, self.is_mailed = ticket_id, is_mailed

    @property
    def words(self) -> str:
        if self.is_mailed:
            return _(
                "This mobile number has a ticket for this fair already. We have sent its link once"
                " more to the e-mail address that it was made with."
            )
        return _(
            "This mobile number has a ticket for this fair already, made without an e-mail"
            " address. Look for the page that you kept, or tell the last four digits of your"
            " number at the entrance."
        )


class SeatIsGone(VisitorRefused):
    """Cancelled already, over, or used."""

    @property
    def words(self) -> str:
        return _("This can no longer be cancelled.")


class TooFewSeats(VisitorRefused):
    """`taken` seats are confirmed already; nobody's is taken away."""

    field = "capacity"

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken

    @property
    def words(self) -> str:
        return _("%(taken)s seats are confirmed already; there cannot be fewer.") % {
            "taken": self.taken
        }


class DoorNameTaken(VisitorRefused):
    field = "name"

    @property
    def words(self) -> str:
        return _("A door of this fair has this name already.")


class DoorClosed(VisitorRefused):
    @property
    def words(self) -> str:
        return _("This door has been closed by the organiser.")


class NotOpenToday(VisitorRefused):
    """The fair is not on that day."""

    @property
    def words(self) -> str:
        return _("The fair is not on today: no ticket is read.")
