"""Everything that a product page shows, in twelve queries at most; mostly in ten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import CharField, F, Value, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.assistance.models import Recognition
from catalog.assistance.published import CooperativeFigures, read_cooperative
from catalog.models import Category, Product
from catalog.origins.words import place_words
from catalog.papers.models import Paper
from catalog.traceability.models import Lot
from marketplace.localised import listing
from marketplace.shipping.destination import DEFAULT_REGION
from marketplace.shipping.reach import reach_of
from marketplace.shop.delivery import DeliveryOffer, PackLine, offer_delivery
from marketplace.shop.kept_pages import remembered
from marketplace.shop.packs import PackOffer, offer_packs
from marketplace.shop.templatetags.shop_format import cn_date

SHOWN_LOTS = 3
SHOWN_RELATED = 4
# Of the producer's own papers those that allow it to make this food.
LICENCES = (
    Paper.Kind.FOOD_PRODUCTION_LICENCE,
    Paper.Kind.SLAUGHTER_LICENCE,
    Paper.Kind.ANIMAL_HEALTH_LICENCE,
)
NO_LOT = ""


@dataclass(frozen=True)
class Papers:
    """Papers valid that day: the producer's licences, the product's own, each lot's."""

    licences: Sequence[Paper]
    own: Sequence[Paper]
    by_lot: Mapping[str, Sequence[Paper]]

    def shown_with(self, lot: Lot | None) -> list[Paper]:
        """What stands on the page of a product whose newest lot this is."""
        return [*self.own, *self.by_lot.get(lot.code if lot else NO_LOT, ()), *self.licences]

    @property
    def badges(self) -> list[str]:
        """Labels of the public certificates; any lot on the shelf may have brought one."""
        held = {paper.kind for paper in self.own}
        held.update(paper.kind for papers in self.by_lot.values() for paper in papers)
        return [str(kind.label) for kind in Paper.BADGES if kind in held]

    @property
    def production_licence(self) -> str:
        kind = Paper.Kind.FOOD_PRODUCTION_LICENCE
        return next((paper.number for paper in self.licences if paper.kind == kind), "")


@dataclass(frozen=True)
class ProductPage:
    product: Product
    state: str
    packs: list[PackOffer]
    lots: list[Lot]
    papers: Papers
    recognitions: list[Recognition]
    related: list[Product]
    categories: list[Category]
    deliveries: Mapping[int, DeliveryOffer]
    figures: CooperativeFigures | None

    @property
    def lot(self) -> Lot | None:
        return self.lots[0] if self.lots else None

    @property
    def badges(self) -> list[str]:
        """What schemes have recognised, then the public certificates; each label once."""
        recognised = [one.scheme.label_text for one in self.recognitions]
        return list(dict.fromkeys([*recognised, *self.papers.badges]))


def state_of(product: Product, packs: Sequence[PackOffer], day: date) -> str:
    """open, sold_out, not_yet, season_over, or paused while a paper is missing."""
    if product.is_sellable_on(day):
        return "open" if any(pack.free for pack in packs) else "sold_out"
    if product.sellable_from is None:
        return "paused"
    if product.sale_from and day < product.sale_from:
        return "not_yet"
    if product.sale_until and day > product.sale_until:
        return "season_over"
    return "paused"


def read_product_page(*, product: Product, now: datetime) -> ProductPage:
    """Of a public product read by `for_page()`; `deliveries` go by the keys of the packs."""
    day = timezone.localdate(now)
    related = list(Product.objects.card_rows().with_badge().going_with(product, day, SHOWN_RELATED))
    prefetch_related_objects([product, *related], *Product.objects.card_prefetches())
    prefetch_related_objects([product], "districts")
    packs = offer_packs(product.packs)
    state = state_of(product, packs, day)
    lots = Lot.objects.released().filter(product=product, produced_on__lte=day).with_events()
    return ProductPage(
        product=product,
        state=state,
        packs=packs,
        lots=list(lots[:SHOWN_LOTS]),
        papers=read_papers(product, day),
        recognitions=read_recognitions(product, day),
        related=related,
        categories=list(product.categories.filter(depth__gt=1)[:1]),
        deliveries=deliver_packs(product, state == "open", now),
        figures=read_cooperative(product.cooperative_id),
    )


def deliver_packs(product: Product, is_open: bool, now: datetime) -> dict[int, DeliveryOffer]:
    """Each pack in its smallest quantity on the way to the default district.

    The page is the same for everybody; what holds elsewhere is laid over it.
    """
    reach = remembered("default reach", partial(reach_of, DEFAULT_REGION))
    return {
        pack.pk: offer_delivery(
            line=PackLine(pack, pack.minimum_quantity, pack.price * pack.minimum_quantity),
            reach=reach,
            now=now,
            is_open=is_open,
        )
        for pack in product.packs
    }


def read_recognitions(product: Product, day: date) -> list[Recognition]:
    """No query where there is none."""
    return list(Recognition.objects.shown_with(product, day)) if product.badge else []


def read_papers(product: Product, day: date) -> Papers:
    """One query over the three holders."""
    valid = Paper.objects.valid_on(day)
    none = Value(NO_LOT, output_field=CharField())
    holders = {
        "licence": valid.filter(
            kind__in=LICENCES, cooperativepaper__cooperative=product.cooperative_id
        ).annotate(lot_code=none),
        "own": valid.filter(productpaper__product=product.pk).annotate(lot_code=none),
        "lot": valid.filter(
            lotpaper__lot__product=product.pk, lotpaper__lot__state=Lot.State.RELEASED
        ).annotate(lot_code=F("lotpaper__lot__code")),
    }
    first, *others = [
        papers.annotate(held_by=Value(holder, output_field=CharField()))
        for holder, papers in holders.items()
    ]
    rows = sorted(first.union(*others, all=True), key=lambda paper: paper.pk)
    by_lot: dict[str, list[Paper]] = {}
    for paper in rows:
        if paper.held_by == "lot":
            by_lot.setdefault(paper.lot_code, []).append(paper)
    return Papers(
        licences=[paper for paper in rows if paper.held_by == "licence"],
        own=[paper for paper in rows if paper.held_by == "own"],
        by_lot=by_lot,
    )


def label_facts(page: ProductPage) -> list[tuple[str, str]]:
    """What the label must say (Food Safety Law art. 67); empty facts are left out."""
    product, lot = page.product, page.lot
    county = product.cooperative.county
    city = county.parent
    address = place_words([city.parent, city, county, product.cooperative.township])
    net_content = " / ".join(pack.name for pack in page.packs)
    facts = [
        (_("Name"), product.name),
        (_("Net content"), listing(filter(None, [net_content, product.tolerance]))),
        (_("Ingredients"), product.ingredients),
        (_("Allergens"), product.allergens),
        (_("Keeps"), product.shelf_life_text),
        (_("Storage"), product.storage_label),
        (_("Product standard"), product.standard),
        (_("Producer"), product.cooperative.name_text),
        (_("Address"), address),
        (_("Production licence"), page.papers.production_licence),
        (_("Produced on"), cn_date(lot.produced_on) if lot else ""),
        (_("Lot"), lot.code if lot else ""),
        (_("Further facts"), product.label_text),
    ]
    return [(label, value) for label, value in facts if value]
