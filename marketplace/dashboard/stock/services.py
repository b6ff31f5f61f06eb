"""Setting the stock of a pack, with a trace of who said so."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.dashboard.catalogue.services import tell_packs
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change
from marketplace.partner.models import StockRecord
from marketplace.partner.services import set_stock
from marketplace.partner.shelf import Changed


class StockMoved(Exception):
    """The stock is no longer what the operator was shown; nothing has changed."""

    def __init__(self, record: StockRecord) -> None:
        super().__init__(record)
        self.record = record

    @property
    def words(self) -> str:
        return _("Meanwhile the stock has become %(number)s. Please look at it once more.") % {
            "number": self.record.num_in_stock
        }


@transaction.atomic
def change_stock(*, stockrecord_id: int, quantity: int, seen: int, by: User, now: datetime) -> None:
    """Say how many packs there are; the producer is told.

    Raises StockMoved, StockBelowAllocated.
    """
    record = StockRecord.objects.select_for_update(no_key=True).get(pk=stockrecord_id)
    if record.num_in_stock != seen:
        raise StockMoved(record)
    set_stock(stockrecord_id=stockrecord_id, quantity=quantity)
    keep_change(
        room=Change.Room.STOCK,
        subject=str(stockrecord_id),
        before={"num_in_stock": seen},
        after={"num_in_stock": quantity},
        by=by,
        now=now,
    )
    record.num_in_stock = quantity
    moved = Changed(record, price_before=record.price, quantity_before=seen)
    tell_packs(good=record.product.parent, changed=[moved], now=now)
