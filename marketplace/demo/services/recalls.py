"""Lots of the demonstration that were taken back, each once."""

from datetime import date

from django.utils import timezone

from catalog.traceability.models import Lot
from marketplace.aftersales.recalls import recall_lot
from marketplace.demo import reading
from marketplace.demo.services.lots import code_of_lot


def load_recalls(*, day: date, today: date) -> None:
    """What was recalled before, here or in the shop, stays as it is."""
    reasons = {
        code_of_lot(lot, day): lot["recall"]
        for good in reading.goods()
        for lot in good["lots"]
        if "recall" in lot
    }
    for lot in Lot.objects.released().filter(code__in=reasons).order_by("pk"):
        recall_lot(
            lot_id=lot.pk,
            reason=reasons[lot.code],
            packs={},
            by=None,
            now=timezone.now(),
            today=today,
        )
