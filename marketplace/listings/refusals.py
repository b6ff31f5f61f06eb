"""Why a proposal stays as it is. Whoever raises one of these has changed nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _


class Problem(NamedTuple):
    """What is missing or wrong, and the step of the wizard where it is mended."""

    step: str
    words: str


class Refused(Exception):
    """`words` say why in the reader's language."""

    words: str


class NotNow(Refused):
    """The proposal is in a state that does not allow it: somebody else was first."""

    def __init__(self, state_label: str) -> None:
        super().__init__(state_label)
        self.state_label = state_label

    @property
    def words(self) -> str:
        return _("Nothing was changed: its state is now “%(state)s”.") % {"state": self.state_label}


class Moved(Refused):
    """It is no longer what the page showed."""

    @property
    def words(self) -> str:
        return _("Somebody has changed it meanwhile. Nothing was saved; please look once more.")


class NotReady(Refused):
    """It cannot be submitted or approved as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def words(self) -> str:
        return " ".join(problem.words for problem in self.problems)


class ReasonMissing(Refused):
    @property
    def words(self) -> str:
        return _("Please say what has to be changed: the cooperative reads it.")


class AnotherOpen(Refused):
    """A change of the good is already being written or decided."""

    def __init__(self, pk: int) -> None:
        super().__init__(pk)
        self.pk = pk

    @property
    def words(self) -> str:
        return _("A change of this good is already under way.")
