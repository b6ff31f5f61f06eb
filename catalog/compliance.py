"""The law's gate to the shelf: which papers a product needs and until when it may be sold."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from catalog.models import Product, ProductBadge, RequiredPaper
from catalog.papers.models import Paper
from catalog.papers.querysets import PaperQuerySet
from catalog.traceability.models import Lot

WITHOUT_END = date(9999, 12, 31)
LATELY = timedelta(days=7)
Holder = RequiredPaper.Holder


def papers_of(product: Product) -> dict[str, list[Paper]]:
    """The product's papers by who holds them."""
    papers = Paper.objects
    return {
        Holder.COOPERATIVE: list(papers.filter(cooperativepaper__cooperative=product.cooperative)),
        Holder.PRODUCT: list(papers.filter(productpaper__product=product)),
        Holder.LOT: list(
            papers.filter(lotpaper__lot__product=product, lotpaper__lot__state=Lot.State.RELEASED)
        ),
    }


def has_nothing_left(product: Product) -> bool:
    """Whether a lot of it was recalled and no other one is released: there is nothing to sell,
    whatever the stock says."""
    states = set(product.lots.order_by().values_list("state", flat=True))
    return Lot.State.RECALLED in states and Lot.State.RELEASED not in states


def _end(paper: Paper) -> date:
    return paper.valid_until or WITHOUT_END


def _best(papers: Iterable[Paper], kind: str, day: date) -> Paper | None:
    """Of the papers of a kind that are valid that day, the one that lasts longest."""
    fitting = [p for p in papers if p.kind == kind and p.valid_from <= day <= _end(p)]
    return max(fitting, key=_end, default=None)


def _covered(papers: Iterable[Paper], kind: str, day: date) -> tuple[date, date] | None:
    """From when until when papers of a kind follow one another without a gap, around that day.

    So a paper that was renewed in time carries on by itself when the old one ends.
    """
    best = _best(papers, kind, day)
    if best is None:
        return None
    begin, end = best.valid_from, _end(best)
    for paper in sorted((p for p in papers if p.kind == kind), key=lambda p: p.valid_from):
        if end < WITHOUT_END and paper.valid_from <= end + timedelta(days=1):
            end = max(end, _end(paper))
    return begin, end


def missing_papers(*, product: Product, day: date) -> list[RequiredPaper]:
    """The papers required by the product's legal regime that are not valid that day."""
    held = papers_of(product)
    return [
        required
        for required in product.product_class.required_papers.all()
        if _best(held[required.held_by], required.kind, day) is None
    ]


def missing_by_product(
    *, products: Collection[Product], day: date
) -> dict[int, list[RequiredPaper]]:
    """What missing_papers says, for a list of goods in as many queries as for one."""
    valid = Paper.objects.valid_on(day).order_by()
    makers = {product.cooperative_id for product in products}
    keys = [product.pk for product in products]
    held = {
        Holder.COOPERATIVE: _kinds(valid, "cooperativepaper__cooperative", makers),
        Holder.PRODUCT: _kinds(valid, "productpaper__product", keys),
        Holder.LOT: _kinds(
            valid, "lotpaper__lot__product", keys, lotpaper__lot__state=Lot.State.RELEASED
        ),
    }
    asked: dict[int, list[RequiredPaper]] = {}
    regimes = {product.product_class_id for product in products}
    for required in RequiredPaper.objects.filter(product_class__in=regimes).order_by("pk"):
        asked.setdefault(required.product_class_id, []).append(required)
    missing: dict[int, list[RequiredPaper]] = {}
    for product in products:
        by = {Holder.COOPERATIVE: product.cooperative_id}
        missing[product.pk] = [
            required
            for required in asked.get(product.product_class_id, ())
            if (by.get(required.held_by, product.pk), required.kind) not in held[required.held_by]
        ]
    return missing


def lacks_paper(day: date) -> Exists:
    """Whether missing_papers names one: a condition on products, for lists that filter by it."""
    valid = Paper.objects.valid_on(day).filter(kind=OuterRef("kind")).order_by()
    good = OuterRef(OuterRef("pk"))
    of_a_lot = {"lotpaper__lot__product": good, "lotpaper__lot__state": Lot.State.RELEASED}
    maker = OuterRef(OuterRef("cooperative"))
    held = {
        Holder.COOPERATIVE: Exists(valid.filter(cooperativepaper__cooperative=maker)),
        Holder.PRODUCT: Exists(valid.filter(productpaper__product=good)),
        Holder.LOT: Exists(valid.filter(**of_a_lot)),
    }
    open_ones = (Q(held_by=holder) & ~Q(there) for holder, there in held.items())
    asked = RequiredPaper.objects.filter(product_class=OuterRef("product_class"))
    return Exists(asked.filter(reduce(or_, open_ones)))


def _kinds(
    papers: PaperQuerySet, holder: str, keys: Collection[int], **about: str
) -> set[tuple[int, str]]:
    """Which of the holders have a paper of which kind; `about` is asked of the same link."""
    return set(papers.filter(**{f"{holder}__in": keys}, **about).values_list(holder, "kind"))


@transaction.atomic
def recompute_sellable(*, product: Product, day: date) -> None:
    """Keep `sellable_from`, `sellable_until` and the badges in step with papers and windows.

    Called whenever a paper, a lot or a sale window changes. A missing paper, a recall that leaves
    no released lot, or the market's withdrawal leaves both dates empty: not for sale. The good is
    locked first: what others changed at the same time is then read.
    """
    product = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    held = papers_of(product)
    covered = [
        _covered(held[required.held_by], required.kind, day)
        for required in product.product_class.required_papers.all()
    ]
    begin = end = None
    stopped = product.withdrawal_id is not None or has_nothing_left(product)
    if None not in covered and not stopped:
        begin = max([product.sale_from or date.min, *(first for first, _last in covered)])
        end = min([product.sale_until or WITHOUT_END, *(last for _first, last in covered)])
    Product.objects.filter(pk=product.pk).update(sellable_from=begin, sellable_until=end)
    _refresh_badges(product, [*held[Holder.PRODUCT], *held[Holder.LOT]], day)


def recompute_begun(*, day: date) -> int:
    """Goods of which a paper began lately, as one that was handed in before its first day.

    A week back, so that a night on which nobody ran this is made up for. Returns how many.
    """
    begun = Paper.objects.filter(valid_from__range=(day - LATELY, day))
    goods = Product.objects.filter(structure=Product.PARENT).filter(
        Q(cooperative__papers__in=begun)
        | Q(product_papers__paper__in=begun)
        | Q(lots__papers__in=begun)
    )
    keys = goods.distinct().order_by("pk").values_list("pk", flat=True)
    for product in Product.objects.filter(pk__in=list(keys)).select_related("product_class"):
        recompute_sellable(product=product, day=day)
    return len(keys)


def _refresh_badges(product: Product, papers: list[Paper], day: date) -> None:
    ends = {kind: _best(papers, kind, day) for kind in Paper.BADGES}
    product.badges.all().delete()
    ProductBadge.objects.bulk_create(
        ProductBadge(product=product, kind=kind, valid_until=_end(paper))
        for kind, paper in ends.items()
        if paper
    )
