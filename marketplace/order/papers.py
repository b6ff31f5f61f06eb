"""The papers that stood behind a good on the day of its sale."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value

from catalog.models import Product, ProductPaper
from catalog.producers.models import CooperativePaper
from catalog.traceability.models import Lot, LotPaper

KEPT = ("paper__kind", "paper__number", "paper__issuer", "paper__valid_until")
GOODS, MAKER = "goods", "maker"


class PaperRow(TypedDict):
    """A paper as an order keeps it; `valid_until` is its last day, None without end."""

    kind: str
    number: str
    issuer: str
    valid_until: str | None


def papers_on(*, goods: Iterable[Product], day: date) -> dict[int, list[PaperRow]]:
    """By good (its key): its own papers, its newest released lot's and its producer's, as far as
    they are valid that day. One query for any number of goods.
    """
    wanted = {good.pk: good.cooperative_id for good in goods}
    held: dict[tuple[str, int], list[PaperRow]] = {}
    for holder, key, kind, number, issuer, end in paper_rows(wanted, day):
        row = PaperRow(
            kind=kind, number=number, issuer=issuer, valid_until=end.isoformat() if end else None
        )
        held.setdefault((holder, key), []).append(row)
    return {
        good: sorted(
            held.get((GOODS, good), []) + held.get((MAKER, maker), []),
            key=lambda row: (row["kind"], row["number"]),
        )
        for good, maker in wanted.items()
    }


def paper_rows(wanted: dict[int, int], day: date) -> QuerySet:
    """Rows of holder, its key, and what is kept of the paper."""
    own = ProductPaper.objects.filter(product__in=wanted)
    makers = CooperativePaper.objects.filter(cooperative__in=set(wanted.values()))
    newest = Lot.objects.released().filter(product=OuterRef("lot__product"), produced_on__lte=day)
    lots = LotPaper.objects.filter(
        lot__product__in=wanted,
        lot=Subquery(newest.order_by("-produced_on", "-pk").values("pk")[:1]),
    )
    return valid_rows(own, GOODS, "product", day).union(
        valid_rows(lots, GOODS, "lot__product", day),
        valid_rows(makers, MAKER, "cooperative", day),
    )


def valid_rows(held: QuerySet, holder: str, key: str, day: date) -> QuerySet:
    ends = Q(paper__valid_until__isnull=True) | Q(paper__valid_until__gte=day)
    valid = held.filter(ends, paper__valid_from__lte=day)
    return valid.annotate(holder=Value(holder), key=F(key)).values_list("holder", "key", *KEPT)
