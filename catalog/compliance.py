"""The law's gate to the shelf: which papers a product needs and until when it may be sold."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from catalog.models import Product, ProductBadge, RequiredPaper
from catalog.papers.models import Paper
from catalog.papers.querysets import PaperQuerySet

WITHOUT_END = date(9999, 12, 31)
Holder = RequiredPaper.Holder


def papers_of(product: Product) -> dict[str, list[Paper]]:
    """The product's papers by who holds them."""
    papers = Paper.objects
    return {
        Holder.COOPERATIVE: list(papers.filter(cooperativepaper__cooperative=product.cooperative)),
        Holder.PRODUCT: list(papers.filter(productpaper__product=product)),
        Holder.LOT: list(papers.filter(lotpaper__lot__product=product)),
    }


def _end(paper: Paper) -> date:
    return paper.valid_until or WITHOUT_END


def _best(papers: Iterable[Paper], kind: str, day: date) -> Paper | None:
    """Of the papers of a kind that are valid that day, the one that lasts longest."""
    fitting = [p for p in papers if p.kind == kind and p.valid_from <= day <= _end(p)]
    return max(fitting, key=_end, default=None)


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
        Holder.LOT: _kinds(valid, "lotpaper__lot__product", keys),
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


def _kinds(papers: PaperQuerySet, holder: str, keys: Collection[int]) -> set[tuple[int, str]]:
    """Which of the holders have a paper of which kind."""
    return set(papers.filter(**{f"{holder}__in": keys}).values_list(holder, "kind"))


@transaction.atomic
def recompute_sellable(*, product: Product, day: date) -> None:
    """Keep `sellable_from`, `sellable_until` and the badges in step with papers and windows.

    Called whenever a paper, a lot or a sale window changes. A missing paper leaves both
    dates empty: not for sale.
    """
    held = papers_of(product)
    best = [
        _best(held[required.held_by], required.kind, day)
        for required in product.product_class.required_papers.all()
    ]
    begin = end = None
    if None not in best:
        begin = max([product.sale_from or date.min, *(paper.valid_from for paper in best)])
        end = min([product.sale_until or WITHOUT_END, *(_end(paper) for paper in best)])
    Product.objects.filter(pk=product.pk).update(sellable_from=begin, sellable_until=end)
    _refresh_badges(product, [*held[Holder.PRODUCT], *held[Holder.LOT]], day)


def _refresh_badges(product: Product, papers: list[Paper], day: date) -> None:
    ends = {kind: _best(papers, kind, day) for kind in Paper.BADGES}
    product.badges.all().delete()
    ProductBadge.objects.bulk_create(
        ProductBadge(product=product, kind=kind, valid_until=_end(paper))
        for kind, paper in ends.items()
        if paper
    )
