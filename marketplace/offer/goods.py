"""Which lines of a basket are in which ranges: two queries for any number of either."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from catalog.models import Category, ProductCategory
from marketplace.offer.discounts import PricedLine
from marketplace.offer.models import Range

Mark = tuple[str, str]
CATEGORY, COOPERATIVE = "category", "cooperative"


@dataclass(frozen=True)
class RangeGoods:
    """What ranges name of the basket's goods, and what names each line by."""

    everything: frozenset[int]
    included: dict[int, set[Mark]]
    marks: dict[int, set[Mark]]

    def has(self, range_id: int, line: PricedLine) -> bool:
        """Whether the range holds the line's pack."""
        return range_id in self.everything or bool(self.marks[line.pk] & self.included[range_id])


def goods_of(ranges: Iterable[Range], lines: Collection[PricedLine]) -> RangeGoods:
    """Each line is known by its cooperative and all categories above its good."""
    ranges = {each.pk: each for each in ranges}
    marks = marks_of(lines)
    included = defaultdict(set)
    for range_id, kind, key in named_by(ranges, set().union(*marks.values())):
        included[range_id].add((kind, key))
    everything = frozenset(pk for pk, each in ranges.items() if each.includes_all_products)
    return RangeGoods(everything, included, marks)


def marks_of(lines: Iterable[PricedLine]) -> dict[int, set[Mark]]:
    goods = {line.product.parent_id for line in lines}
    paths = defaultdict(set)
    for good, path in ProductCategory.objects.filter(product__in=goods).values_list(
        "product_id", "category__path"
    ):
        steps = range(Category.steplen, len(path) + 1, Category.steplen)
        paths[good].update((CATEGORY, path[:step]) for step in steps)
    return {line.pk: {maker_mark(line), *paths[line.product.parent_id]} for line in lines}


def maker_mark(line: PricedLine) -> Mark:
    return (COOPERATIVE, str(line.product.parent.cooperative_id))


def named_by(ranges: Collection[int], marks: set[Mark]) -> Iterable[tuple[int, str, str]]:
    """Rows (range, kind, key) of what the ranges name among the marks."""
    keys = defaultdict(list)
    for kind, key in marks:
        keys[kind].append(key)

    def rows(field: str, column: str, kind: str) -> QuerySet:
        through = Range._meta.get_field(field).remote_field.through
        return (
            through.objects.filter(range__in=ranges, **{f"{column}__in": keys[kind]})
            .order_by()
            .values_list("range_id", Value(kind), Cast(column, CharField(max_length=255)))
        )

    return rows("included_categories", "category__path", CATEGORY).union(
        rows("cooperatives", "cooperative_id", COOPERATIVE), all=True
    )
