"""Why a fair, an application or a booth stays as it is, each with words for whoever tried."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from marketplace.fairs.models import Allotment, Booth, CountyQuota, Exhibitor, Fair
from marketplace.fairs.models.fair import PERMIT_FROM
from marketplace.localised import listing


class FairRefused(Exception):
    """Nothing has changed."""

    @property
    def words(self) -> str:
        raise NotImplementedError


class NoSuchMove(FairRefused):
    """The fair cannot go from the state that it is in to the one asked for."""

    def __init__(self, fair: Fair, to: str) -> None:
        super().__init__(f"{fair.pk}: {fair.state} → {to}")
        self.fair, self.to = fair, to

    @property
    def words(self) -> str:
        states = {"now": self.fair.get_state_display(), "to": Fair.State(self.to).label}
        return _("The fair stands at “%(now)s”; from there it cannot go to “%(to)s”.") % states


class DeadlineNotAhead(FairRefused):
    @property
    def words(self) -> str:
        return _("Set a deadline for applications that is still to come, before the first day.")


class DaysGone(FairRefused):
    @property
    def words(self) -> str:
        return _("The days of the fair are past. Set days that are still to come.")


class PermitMissing(FairRefused):
    @property
    def words(self) -> str:
        return _(
            "With %(count)s visitors or more a fair needs a permit of the police: enter its number."
        ) % {"count": PERMIT_FROM}


class HasApplicants(FairRefused):
    @property
    def words(self) -> str:
        return _("Cooperatives have begun to apply. The call cannot be taken back any more.")


class HasVisitors(FairRefused):
    """Tickets are read at the doors of a planned fair only."""

    @property
    def words(self) -> str:
        return _("Visitors have tickets already. The call cannot be opened again.")


class NotBegun(FairRefused):
    @property
    def words(self) -> str:
        return _("The first day has not come yet.")


class NotOver(FairRefused):
    @property
    def words(self) -> str:
        return _("The last day has not come yet.")


class CallClosed(FairRefused):
    @property
    def words(self) -> str:
        return _("The deadline has passed: this fair takes no applications any more.")


class StepRefused(FairRefused):
    """The application cannot go from the state that it is in to the one asked for."""

    def __init__(self, exhibitor: Exhibitor, to: str) -> None:
        super().__init__(f"{exhibitor.pk}: {exhibitor.state} → {to}")
        self.exhibitor, self.to = exhibitor, to

    @property
    def words(self) -> str:
        states = {
            "now": self.exhibitor.get_state_display(),
            "to": Exhibitor.State(self.to).label,
        }
        return _("Meanwhile it stands at “%(now)s”; from there it cannot go to “%(to)s”.") % states


class FairOver(FairRefused):
    @property
    def words(self) -> str:
        return _("The fair is over. What was decided stays.")


class BeingJudged(FairRefused):
    """It was scored or decided: what it says may not change under the reviewers' eyes."""

    @property
    def words(self) -> str:
        return _("It is being judged already and cannot be changed any more.")


class ReasonMissing(FairRefused):
    @property
    def words(self) -> str:
        return _("Say why; the cooperative reads it.")


class QuotaTaken(FairRefused):
    def __init__(self, quota: CountyQuota) -> None:
        super().__init__(quota.pk)
        self.quota = quota

    @property
    def words(self) -> str:
        about = {"county": self.quota.county.name_text, "places": self.quota.places}
        return (
            _("All %(places)s places of %(county)s are taken; put it on the reserve list.") % about
        )


class PapersMissing(FairRefused):
    """`lines` say which, one each."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(len(lines))
        self.lines = lines

    @property
    def words(self) -> str:
        return " ".join(self.lines)


class NotReviewer(FairRefused):
    @property
    def words(self) -> str:
        return _("Only the reviewers named for this fair give marks.")


class OwnCooperative(FairRefused):
    @property
    def words(self) -> str:
        return _("You act for this cooperative. Somebody else has to judge it.")


class DecidedAlready(FairRefused):
    @property
    def words(self) -> str:
        return _("It has been decided; marks cannot change any more.")


class NumbersTaken(FairRefused):
    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(numbers)
        self.numbers = numbers

    @property
    def words(self) -> str:
        return _("There are such booths already: %(numbers)s") % {"numbers": listing(self.numbers)}


class NumbersTooHigh(FairRefused):
    @property
    def words(self) -> str:
        return _("The numbers of a zone end at 999.")


class BoothInUse(FairRefused):
    """An exhibitor has it now."""

    def __init__(self, booth: Booth) -> None:
        super().__init__(booth.number)
        self.booth = booth

    @property
    def words(self) -> str:
        words = _("Booth %(number)s is given to somebody. Take it back first.")
        return words % {"number": self.booth.number}


class BoothHasHistory(BoothInUse):
    """Nobody has it now, but somebody had."""

    @property
    def words(self) -> str:
        words = _("Booth %(number)s was given to somebody once; it stays, with its history.")
        return words % {"number": self.booth.number}


class NotAccepted(FairRefused):
    @property
    def words(self) -> str:
        return _("Only an accepted exhibitor gets a booth.")


class BoothTaken(FairRefused):
    def __init__(self, allotment: Allotment) -> None:
        super().__init__(allotment.pk)
        self.allotment = allotment

    @property
    def words(self) -> str:
        return _("Booth %(number)s is already given to %(name)s.") % {
            "number": self.allotment.booth.number,
            "name": self.allotment.exhibitor.cooperative.short_name_text,
        }


class HasBooth(BoothTaken):
    @property
    def words(self) -> str:
        return _("%(name)s already has booth %(number)s. Take it back first.") % {
            "number": self.allotment.booth.number,
            "name": self.allotment.exhibitor.cooperative.short_name_text,
        }


class HoldOver(FairRefused):
    """The booth was released, or held for longer than promised."""

    @property
    def words(self) -> str:
        return _("The booth is not held for you any more. Ask the organiser for another one.")
