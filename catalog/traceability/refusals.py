"""Why something cannot be done with a lot. Whoever raises one of these has changed nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from marketplace.localised import listing


class LotRefused(Exception):
    """`words` say why in the reader's language."""

    words: str


class PapersMissing(LotRefused):
    """The law asks for papers that the lot does not have; `kinds` are their names."""

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(kinds)
        self.kinds = kinds

    @property
    def words(self) -> str:
        return _("Not released. Still missing: %(papers)s.") % {"papers": listing(self.kinds)}


class WrongState(LotRefused):
    """What the lot is does not allow it any more, or not yet."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state

    @property
    def words(self) -> str:
        return _("The lot is “%(state)s” now. Nothing was changed.") % {"state": self.state}
