"""What the page of a lot and its labels say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.shortcuts import get_object_or_404

from catalog.models import RequiredPaper
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative
from catalog.releasing import missing_for_release
from catalog.traceability.models import Lot
from marketplace.aftersales.models import Recall
from marketplace.dashboard.lots.querysets import lots_of
from marketplace.order.lots import with_packs
from marketplace.qr import QrCode, qr_code


@dataclass(frozen=True)
class LotPage:
    """A lot with its history, its papers and what keeps it from being released."""

    lot: Lot
    papers: Sequence[Paper]
    missing: Sequence[RequiredPaper]
    recall: Recall | None
    day: date

    @property
    def may_be_released(self) -> bool:
        return self.lot.is_held and not self.missing

    @property
    def ended(self) -> list[Paper]:
        """Papers that are valid no more."""
        return [one for one in self.papers if one.valid_until and one.valid_until < self.day]


def find_lot(cooperative: Cooperative, code: str) -> Lot:
    """A lot of this cooperative; Http404 for any other."""
    lots = with_packs(lots_of(cooperative)).select_related("product__product_class").with_history()
    return get_object_or_404(lots, code=code)


def read_lot_page(*, lot: Lot, day: date) -> LotPage:
    return LotPage(
        lot=lot,
        papers=list(lot.papers.order_by("pk")),
        missing=missing_for_release(lot=lot, day=day) if not lot.is_recalled else [],
        recall=Recall.objects.for_list().filter(lot=lot).first() if lot.is_recalled else None,
        day=day,
    )


def trace_code(lot: Lot) -> QrCode:
    """What is printed on the pack: it leads to the lot's public page."""
    return qr_code(settings.SITE_URL + f"/trace/{lot.code}/")
