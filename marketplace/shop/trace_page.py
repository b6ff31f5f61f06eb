"""What the page behind the QR code says of a lot: where, when, who, which papers, and whether it
was recalled. Seven queries, whatever the lot has been through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.origins.words import place_words
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot, LotEvent
from marketplace.aftersales.models import Recall
from marketplace.shop.product_page import LICENCES
from marketplace.shop.templatetags.shop_format import cn_date


@dataclass(frozen=True)
class TracePage:
    lot: Lot
    events: Sequence[LotEvent]
    papers: Sequence[Paper]
    recall: Recall | None
    is_sold: bool

    @property
    def product(self) -> Product:
        return self.lot.product

    @property
    def cooperative(self) -> Cooperative:
        return self.product.cooperative

    @property
    def place(self) -> str:
        """From the province down to where it was made, as far as that is known."""
        county = self.product.county
        regions = [county.parent.parent, county.parent, county, self.product.township]
        return place_words(region for region in regions if region)

    @property
    def facts(self) -> list[tuple[str, str]]:
        facts = [
            (_("Lot"), self.lot.code),
            (_("Where"), self.place),
            (_("Field or workshop"), self.lot.place),
            (_("Produced on"), cn_date(self.lot.produced_on)),
            (_("Keeps"), self.product.shelf_life_text),
            (_("Storage"), self.product.storage_label),
            (_("Who"), self.cooperative.name_text),
        ]
        return [(label, value) for label, value in facts if value]


def read_trace_page(*, lot: Lot, day: date) -> TracePage:
    """Of a lot that was read `for_trace()`. What was corrected is not told twice."""
    events = [event for event in lot.events.all() if not event.is_corrected]
    licences = Paper.objects.valid_on(day).filter(
        kind__in=LICENCES, cooperativepaper__cooperative=lot.product.cooperative_id
    )
    own = Paper.objects.filter(lotpaper__lot=lot)
    return TracePage(
        lot=lot,
        events=events,
        papers=[*own.order_by("pk"), *licences.order_by("pk")],
        recall=read_recall(lot),
        is_sold=lot.product.is_sellable_on(day),
    )


def read_recall(lot: Lot) -> Recall | None:
    return Recall.objects.filter(lot=lot).first() if lot.is_recalled else None
