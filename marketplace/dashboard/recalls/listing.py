"""One page of recalls, and one of the orders that a recall concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.recalls.forms import DONE, OPEN, RecallFilterForm
from marketplace.money import NOTHING
from marketplace.order.models import Line, Order


class RecallList(Listing):
    BY = "state"

    @property
    def rows(self) -> list[Recall]:
        return list(self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), (OPEN, _("To settle")), (DONE, _("Settled"))])


def read_recalls(*, params: QueryDict, path: str) -> RecallList:
    """The page that the address asks for. Raises NoSuchPage."""
    form, every = RecallFilterForm(params), Recall.objects.count()
    unsettled = Recall.objects.unsettled().values("pk")
    counts = {"": every, OPEN: unsettled.count()}
    counts[DONE] = every - counts[OPEN]
    state, rows = form.chosen.get("state", ""), Recall.objects.for_list()
    if state:
        rows = rows.filter(pk__in=unsettled) if state == OPEN else rows.exclude(pk__in=unsettled)
    return RecallList(
        form, read_page(rows, total=counts[state], form=form, path=path), counts, path
    )


@dataclass(frozen=True)
class NoticeRow:
    """An order of the recall: whose, how many packs of the lot, what has been done."""

    notice: RecallNotice
    lot_id: int

    @property
    def order(self) -> Order:
        return self.notice.order

    @property
    def lines(self) -> list[Line]:
        """Those with packs of the lot, by the prefetched lots."""
        lines = self.order.lines.all()
        return [line for line in lines if any(one.lot_id == self.lot_id for one in line.lots.all())]

    @property
    def packs(self) -> int:
        lots = (one for line in self.lines for one in line.lots.all())
        return sum(one.quantity for one in lots if one.lot_id == self.lot_id)

    @property
    def refunded(self) -> Decimal:
        """Yuan that went back for these lines, for whatever reason."""
        return sum((line.refunded for line in self.lines), NOTHING)

    @property
    def states(self) -> list[tuple[str, str]]:
        """Where its parcels are: one that has not left may still be stopped."""
        parcels = {line.consignment_id: line.consignment for line in self.lines}
        return [(one.state, one.get_state_display()) for one in parcels.values()]

    @property
    def told(self) -> str:
        message = self.notice.message
        if message is None:
            return _("No e-mail address: please call %(mobile)s.") % {
                "mobile": self.order.shipping_address.mobile
            }
        return _("Told by mail") if message.sent_at else _("The mail is on its way")


@dataclass(frozen=True)
class NoticeList(Listing):
    BY = "state"

    recall: Recall

    @property
    def rows(self) -> Iterator[NoticeRow]:
        return (NoticeRow(one, self.recall.lot_id) for one in self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), (OPEN, _("To settle")), (DONE, _("Settled"))])


def read_notices(*, recall: Recall, params: QueryDict) -> NoticeList:
    """The page that the address asks for. Raises NoSuchPage."""
    form, path = RecallFilterForm(params), reverse("backoffice:recall", args=[recall.pk])
    rows, state = recall.notices.for_list(), form.chosen.get("state", "")
    counts = {"": recall.orders, OPEN: recall.open_orders}
    counts[DONE] = counts[""] - counts[OPEN]
    if state:
        rows = rows.filter(Q(done_at=None) if state == OPEN else ~Q(done_at=None))
    page = read_page(rows, total=counts[state], form=form, path=path)
    return NoticeList(form, page, counts, path, recall)
