"""Why a parcel cannot be packed as asked. Whoever raises one of these has changed nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.traceability.models import Lot
from marketplace.order.models import Line
from marketplace.order.weighing import limits_of


class PackingRefused(Exception):
    """The line that is refused; `words` say why in the reader's language."""

    words: str

    def __init__(self, line: Line, lot: Lot | None = None) -> None:
        super().__init__(line.pk, lot and lot.code)
        self.line, self.lot = line, lot


class PacksDiffer(PackingRefused):
    @property
    def words(self) -> str:
        number = self.line.quantity
        words = ngettext(
            "The lots must come to exactly %(number)s pack.",
            "The lots must come to exactly %(number)s packs.",
            number,
        )
        return words % {"number": number}


class LotOfAnotherGood(PackingRefused):
    @property
    def words(self) -> str:
        return _("This lot is not one of this good.")


class LotNotReleased(PackingRefused):
    """Held, or recalled meanwhile."""

    @property
    def words(self) -> str:
        words = {
            Lot.State.HELD: _("Lot %(code)s is not released yet. Choose another one."),
            Lot.State.RECALLED: _("Lot %(code)s is recalled. Do not send it; choose another one."),
        }
        return words[Lot.State(self.lot.state)] % {"code": self.lot.code}


class LotExpired(PackingRefused):
    @property
    def words(self) -> str:
        words = _("Lot %(code)s is past its shelf life. Choose another one.")
        return words % {"code": self.lot.code}


class LotUsedUp(PackingRefused):
    """Other parcels have taken its packs."""

    def __init__(self, line: Line, lot: Lot, free: int) -> None:
        super().__init__(line, lot)
        self.free = max(free, 0)

    @property
    def words(self) -> str:
        words = ngettext(
            "Of lot %(code)s only %(free)s pack is left.",
            "Of lot %(code)s only %(free)s packs are left.",
            self.free,
        )
        return words % {"code": self.lot.code, "free": self.free}


class WeightMissing(PackingRefused):
    @property
    def words(self) -> str:
        return _("It is sold by weight: enter what it weighs.")


class WeightUnlikely(PackingRefused):
    @property
    def words(self) -> str:
        least, most = limits_of(self.line)
        words = _("Can it be? Between %(least)s g and %(most)s g was expected. Weigh it again.")
        return words % {"least": least, "most": most}
