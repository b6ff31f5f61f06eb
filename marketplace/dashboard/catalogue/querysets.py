"""Reading every good of the market as an operator finds and sees it."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalog.compliance import lacks_paper
from catalog.models import Product
from catalog.querysets import ProductQuerySet, on_shelf
from marketplace.dashboard.goods import querysets as goods_room
from marketplace.dashboard.stock.querysets import FEW, FREE
from marketplace.partner.models import StockRecord
from marketplace.search.querysets import titled_like

LOW, PAPERS, CLOSED, WITHDRAWN = "low", "papers", "closed", "withdrawn"
STATES = [
    *goods_room.STATES,
    (LOW, _("Few left")),
    (PAPERS, _("Paper missing")),
    (CLOSED, _("Producer closed")),
    (WITHDRAWN, _("Taken off sale")),
]
NAME, PRICE, ENDS = "name", "price", "ends"
SORTS = [
    ("", _("Newest first")),
    (NAME, _("By name")),
    (PRICE, _("Cheapest first")),
    (ENDS, _("Sale ends first")),
]
ORDERS = {
    "": ("-pk",),
    NAME: ("title", "pk"),
    PRICE: (F("price_from").asc(nulls_last=True), "pk"),
    ENDS: (F("sellable_until").asc(nulls_last=True), "pk"),
}


def find_all(filters: Mapping[str, object]) -> ProductQuerySet:
    """Goods that fit every filter but the state: q (a name, pinyin too, or a pack's number),
    cooperative, specialty."""
    goods = Product.objects.filter(structure=Product.PARENT)
    if words := filters.get("q"):
        packs = StockRecord.objects.filter(partner_sku__iexact=words).order_by()
        goods = goods.filter(
            Q(title__icontains=words)
            | Q(title_en__icontains=words)
            | Q(pk__in=packs.values("product__parent"))
            | titled_like(Product, words)
        )
    if slug := filters.get("cooperative"):
        goods = goods.filter(cooperative__slug=slug)
    if key := filters.get("specialty"):
        goods = goods.filter(specialty=key)
    return goods


def with_facts(goods: ProductQuerySet, day: date) -> ProductQuerySet:
    """With what is_in asks for: whether a paper is missing, and whether a pack runs out."""
    packs = StockRecord.objects.filter(product__parent=OuterRef("pk"), product__is_public=True)
    few = packs.order_by().alias(left=FREE).filter(left__lte=FEW)
    return goods.alias(lacks_paper=lacks_paper(day), runs_out=Exists(few))


def is_in(state: str, day: date) -> Q:
    """Of goods `with_facts`. One good may be in several states; the chips say how many are."""
    states = {
        LOW: on_shelf(day) & Q(runs_out=True),
        PAPERS: Q(lacks_paper=True),
        CLOSED: Q(
            cooperative__shelf__closed_from__lte=day, cooperative__shelf__closed_until__gte=day
        ),
        WITHDRAWN: Q(withdrawal__isnull=False),
    }
    return states[state] if state in states else goods_room.is_in(state, day)


def count_states(goods: ProductQuerySet, day: date) -> dict[str, int]:
    counts = {state: Count("pk", filter=is_in(state, day)) for state, _label in STATES}
    found = with_facts(goods, day).order_by().aggregate(**counts, every=Count("pk"))
    return {"": found.pop("every"), **found}


def in_state(goods: ProductQuerySet, state: str, day: date) -> ProductQuerySet:
    return with_facts(goods, day).filter(is_in(state, day)) if state else goods


def for_rows(goods: ProductQuerySet, sort: str = "") -> ProductQuerySet:
    """What a row, or the page of one good, reads."""
    return goods_room.for_goods(goods).order_by(*ORDERS[sort])
