"""Why the register stays as it is, each with words that name nobody."""

from django.utils.translation import gettext as _


class RegisterRefused(Exception):
    """Nothing is changed; `field` is where the words belong, "" for the whole."""

    field = ""

    @property
    def words(self) -> str:
        raise NotImplementedError


class RegisteredAlready(RegisterRefused):
    """`code` is of the same county's household, "" when it is another county's, of which nothing
    more is told than that. `household_id` is for the trace alone."""

    field = "id_number"

    def __init__(self, code: str, household_id: int | None = None) -> None:
        super().__init__(code or "elsewhere")
        self.code, self.household_id = code, household_id

    @property
    def words(self) -> str:
        if self.code:
            return _("This ID number is registered already, as %(code)s.") % {"code": self.code}
        return _("This ID number is registered in another county, which has to let it go first.")


class Erased(RegisterRefused):
    @property
    def words(self) -> str:
        return _("The personal data of this household has been erased. Only its counts are kept.")


class NothingThere(RegisterRefused):
    field = "field"

    @property
    def words(self) -> str:
        return _("Nothing is known there, so there is nothing to show.")


class StandingRefused(RegisterRefused):
    """The category or status cannot begin on that day."""

    field = "begins_on"

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.said = words

    @property
    def words(self) -> str:
        return self.said
