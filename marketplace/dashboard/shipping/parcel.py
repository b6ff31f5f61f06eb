"""One parcel as its clerk reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import Http404, QueryDict
from django.utils import timezone

from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot
from marketplace.dashboard.lots.pages import trace_code
from marketplace.dashboard.models import Change
from marketplace.dashboard.shipping.forms import PackForm, ShipForm
from marketplace.dashboard.shipping.querysets import find_parcels, for_page
from marketplace.order.lots import LotOnOffer, good_of, lots_on_offer, propose
from marketplace.order.models import Consignment, ConsignmentStep, Line
from marketplace.order.pages import step_label
from marketplace.order.states import IN_THE_HOUSE, State
from marketplace.qr import QrCode

# As long as an address is needed to send the parcel, or to ask the carrier where it is.
NEEDS_ADDRESS = (State.PAID, State.PACKED, State.SHIPPED)


@dataclass(frozen=True)
class LotOnLabel:
    """A lot in the parcel, and the way to its page."""

    lot: Lot

    @property
    def code(self) -> QrCode:
        return trace_code(self.lot)


@dataclass(frozen=True)
class ParcelPage:
    """A parcel read by `for_page`, as of `today`."""

    consignment: Consignment
    today: date

    @property
    def state(self) -> State:
        return State(self.consignment.state)

    @property
    def is_late(self) -> bool:
        day = self.consignment.dispatch_on
        return self.state in IN_THE_HOUSE and day is not None and day < self.today

    @property
    def shows_address(self) -> bool:
        return self.state in NEEDS_ADDRESS

    @property
    def is_packed(self) -> bool:
        return self.state not in (State.PAID, State.CANCELLED)

    @property
    def lines(self) -> Sequence[Line]:
        return list(self.consignment.lines.all())

    @property
    def lots(self) -> list[LotOnLabel]:
        """Each once, in the order of the lines."""
        found = {one.lot_id: one.lot for line in self.lines for one in line.lots.all()}
        return [LotOnLabel(lot) for lot in found.values()]

    def ship_form(self) -> ShipForm:
        """With what it was sent by, once it was."""
        sent = {"carrier": self.consignment.carrier, "number": self.consignment.tracking_number}
        return ShipForm(initial=sent if sent["number"] else None)

    @cached_property
    def corrections(self) -> Sequence[Change]:
        """Of its tracking number, the newest first."""
        if not self.consignment.tracking_number:
            return []
        return list(Change.objects.latest_of(Change.Room.PARCEL, str(self.consignment.pk)))

    @property
    def history(self) -> list[tuple[str, ConsignmentStep]]:
        """From the payment on, the first first."""
        steps = self.consignment.steps.all()
        return [
            (step_label(step.state), step) for step in steps if step.state != State.AWAITING_PAYMENT
        ]

    @cached_property
    def offers(self) -> Mapping[int, Sequence[LotOnOffer]]:
        goods = {good_of(line) for line in self.lines} - {None}
        return lots_on_offer(goods=goods, day=self.today)

    def pack_form(self, data: QueryDict | None = None) -> PackForm | None:
        """None for what is not to be packed (any more)."""
        if self.state != State.PAID:
            return None
        lines = self.lines
        proposed = propose(lines, self.offers)
        return PackForm(data, lines=lines, offers=self.offers, proposed=proposed)


def read_parcel(cooperative: Cooperative, pk: int, now: datetime) -> ParcelPage:
    """Raises Http404 for what is not of this cooperative, or not paid."""
    parcel = for_page(find_parcels(cooperative, {})).filter(pk=pk).first()
    if parcel is None:
        raise Http404
    return ParcelPage(parcel, timezone.localdate(now))
