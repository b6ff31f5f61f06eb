"""Why a pack cannot be sent where it should go."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from marketplace.localised import listing
from marketplace.partner.refusals import Refusal, SaleLine
from marketplace.shipping.models import Zone


class NotDelivered(Refusal):
    """The good is sent to some districts only, and this is none of them."""

    @property
    def words(self) -> str:
        goods = self.line.product.parent
        names = [region.name_text for region in goods.districts.all()]
        return _("Not delivered there, only to: %(districts)s.") % {"districts": listing(names)}


class ClassNotDelivered(NotDelivered):
    """Goods of this temperature class do not go there; `zones` are those where they do."""

    def __init__(self, line: SaleLine, zones: Sequence[Zone] = ()) -> None:
        super().__init__(line)
        self.zones = zones

    @property
    def words(self) -> str:
        kind = self.line.product.parent.storage_label
        if not self.zones:
            return _("%(storage)s goods are not delivered at present.") % {"storage": kind}
        names = listing(zone.name_text for zone in self.zones)
        return _("%(storage)s goods are not delivered there, only to: %(zones)s.") % {
            "storage": kind,
            "zones": names,
        }
