"""Lots with an event, papers, and what of them was packed for whom."""

from datetime import date

from catalog.models import Product
from catalog.papers.models import Paper
from catalog.traceability.models import Lot, LotEvent, LotPaper
from marketplace.order.models import Line, LineLot

MADE = date(2026, 11, 1)


def paper_of(kind: str, number: str = "", begins: date = MADE, ends: date | None = None) -> Paper:
    return Paper.objects.create(
        kind=kind,
        number=number or f"{kind}-{Paper.objects.count()}",
        issuer="检测中心",
        holder="北坡（虚构）",
        valid_from=begins,
        valid_until=ends,
    )


def lot_of(
    product: Product,
    code: str = "",
    day: date = MADE,
    *papers: Paper,
    state: str = "released",
    quantity: int = 100,
) -> Lot:
    """A lot that was packed on its day."""
    lot = Lot.objects.create(
        code=code or f"L-{Lot.objects.count() + 1}",
        product=product,
        produced_on=day,
        quantity=quantity,
        place="三号地",
        state=state,
    )
    LotEvent.objects.create(lot=lot, kind=LotEvent.Kind.PACKING, on=day, title="装袋")
    LotPaper.objects.bulk_create(LotPaper(lot=lot, paper=paper) for paper in papers)
    return lot


def packed(line: Line, lot: Lot, quantity: int | None = None) -> LineLot:
    """The line's packs, or so many of them, come from the lot; their parcel is packed."""
    line.consignment.__class__.objects.filter(pk=line.consignment_id).update(state="packed")
    return LineLot.objects.create(line=line, lot=lot, quantity=quantity or line.quantity)
