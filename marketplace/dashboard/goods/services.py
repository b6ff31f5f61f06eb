"""Setting prices and stock of a cooperative's goods, with a trace of who said so."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.partner.services import open_shelf
from marketplace.partner.shelf import BATCH, Changed, Wanted, change_shelf


@transaction.atomic
def change_goods(
    *, cooperative: Cooperative, wanted: Mapping[int, Wanted], by: User, now: datetime
) -> list[Changed]:
    """Write every row or none; the packs that have changed. Raises RowsRefused."""
    shelf = open_shelf(cooperative=cooperative)
    changed = change_shelf(shelf=shelf, wanted=wanted, by=by, now=now)
    Change.objects.bulk_create(
        (
            Change(
                room=Change.Room.STOCK,
                subject=str(each.record.pk),
                before={"num_in_stock": each.quantity_before},
                after={"num_in_stock": each.record.num_in_stock},
                by=by,
                at=now,
            )
            for each in changed
            if each.record.num_in_stock != each.quantity_before
        ),
        batch_size=BATCH,
    )
    return changed
