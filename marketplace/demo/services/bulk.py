"""Many goods for measuring: each is one of the 54 again, plainly marked, at its own price.

A derived good has rows of its own for packs, stock, shelf, lot, papers and badges, so that
the law's gate decides about it as about any other; only the picture's file is shared.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models, transaction
from django.utils import timezone

from catalog.compliance import recompute_sellable
from catalog.models import Product, ProductBadge, ProductCategory, ProductImage, ProductPaper
from catalog.traceability.models import Lot, LotPaper
from marketplace.demo import reading
from marketplace.demo.services.goods import code_of
from marketplace.demo.services.variants import MARK, parent_changes, stock_changes
from marketplace.partner.models import StockRecord
from marketplace.partner.services import refresh_shelf
from marketplace.search.services import index_objects

CHUNK = 1000


@dataclass
class Original:
    """One of the 54 and its rows that a derived good takes over."""

    parent: Product
    stock: list[StockRecord]
    rows: list[models.Model]
    lot: Lot
    lot_papers: list[LotPaper]


class Derived(NamedTuple):
    """A new good: its number in the world, what it is derived from, its parent row."""

    number: int
    original: Original
    parent: Product


def load_bulk(*, count: int, tell: Callable[..., None]) -> None:
    """Bring the demonstration world to `count` goods; never removes any.

    Each chunk with its search entries is all or nothing, so an interrupted run goes on where
    it stopped.
    """
    originals = [_original(code) for code in _codes()]
    done = len(originals) + _derived().count()
    while done < count:
        numbers = range(done + 1, min(done + CHUNK, count) + 1)
        with transaction.atomic():
            _add([(number, originals[number % len(originals)]) for number in numbers])
        done = numbers[-1]
        tell("bulk", done=done, count=count)


def follow_originals() -> None:
    """Give derived goods the sale dates and badge ends that their originals have now.

    One that was taken off sale stays so, and copies of one that was are left alone."""
    originals = Product.objects.filter(upc__in=_codes(), withdrawal=None)
    for original in originals.prefetch_related("badges"):
        copies = _derived(original.upc).filter(withdrawal=None)
        copies.update(sellable_from=original.sellable_from, sellable_until=original.sellable_until)
        for badge in original.badges.all():
            ProductBadge.objects.filter(product__in=copies, kind=badge.kind).update(
                valid_until=badge.valid_until
            )


def _codes() -> list[str]:
    return [code_of(entry["number"]) for entry in reading.goods()]


def _derived(code: str = "") -> models.QuerySet:
    parents = Product.objects.filter(structure=Product.PARENT)
    return parents.filter(upc__startswith=code, upc__contains=MARK)


def _original(code: str) -> Original:
    parent = Product.objects.get(upc=code)
    lot = parent.lots.released().order_by("produced_on").last()
    of_parent = (ProductCategory, ProductPaper, ProductBadge)
    return Original(
        parent=parent,
        stock=list(StockRecord.objects.filter(product__parent=parent).select_related("product")),
        rows=[
            ProductImage.objects.get(product=parent, display_order=0),
            *(row for model in of_parent for row in model.objects.filter(product=parent)),
        ],
        lot=lot,
        lot_papers=list(LotPaper.objects.filter(lot=lot)),
    )


def _copy(row: models.Model, **changes: object) -> models.Model:
    """The row once more under a new key."""
    kept = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in kept} | changes)


def _add(numbered: Iterable[tuple[int, Original]]) -> None:
    new = [
        Derived(number, original, _copy(original.parent, **parent_changes(original.parent, number)))
        for number, original in numbered
    ]
    _insert(good.parent for good in new)
    _add_packs(new)
    _insert(_copy(row, product_id=good.parent.pk) for good in new for row in good.original.rows)
    _add_lots(new)
    _let_papers_decide(good for good in new if good.original.parent.withdrawal_id)
    pks = [good.parent.pk for good in new]
    refresh_shelf(product_ids=pks)
    index_objects(model=Product, pks=pks)


def _let_papers_decide(new: Iterable[Derived]) -> None:
    """Nobody took these off sale: they are sold as their papers say, unlike their originals."""
    for good in new:
        recompute_sellable(product=good.parent, day=timezone.localdate())


def _add_packs(new: list[Derived]) -> None:
    packs = []
    for good in new:
        for place, record in enumerate(good.original.stock, start=1):
            code = f"{good.parent.upc}-{place}"
            changes = {"parent_id": good.parent.pk, "slug": good.parent.slug, "upc": code}
            packs.append((good.number, record, _copy(record.product, **changes)))
    _insert(pack for _number, _record, pack in packs)
    _insert(
        _copy(record, product_id=pack.pk, partner_sku=pack.upc, **stock_changes(record, number))
        for number, record, pack in packs
    )


def _add_lots(new: list[Derived]) -> None:
    lots = [
        (good.original, _copy(good.original.lot, product_id=good.parent.pk, code=good.parent.upc))
        for good in new
    ]
    _insert(lot for _original_, lot in lots)
    _insert(_copy(row, lot_id=lot.pk) for original, lot in lots for row in original.lot_papers)


def _insert(rows: Iterable[models.Model]) -> None:
    """Insert rows of any models, each model at once; without signals."""
    by_model: dict[type[models.Model], list] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, instances in by_model.items():
        model.objects.bulk_create(instances)
