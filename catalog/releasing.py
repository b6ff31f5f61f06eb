"""Lots come onto the shelf and leave it: what papers, lots and goods decide together.

Whoever writes here holds the lot first and the good last, so that what is sold follows from the
lots as they are when the transaction commits.
"""

from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from catalog.compliance import Holder, recompute_sellable
from catalog.models import RequiredPaper
from catalog.papers.models import Paper
from catalog.traceability.models import Lot
from catalog.traceability.refusals import PapersMissing, WrongState
from catalog.traceability.services import PaperFacts, put_paper
from marketplace.accounts.models import User


def missing_for_release(*, lot: Lot, day: date) -> list[RequiredPaper]:
    """What the law wants to lie with each lot of such a good, and this one has not that day."""
    held = set(lot.papers.valid_on(day).values_list("kind", flat=True))
    required = lot.product.product_class.required_papers.filter(held_by=Holder.LOT)
    return [one for one in required.order_by("pk") if one.kind not in held]


@transaction.atomic
def release_lot(*, lot_id: int, by: User, now: datetime, today: date) -> Lot:
    """From now on the lot may be sold and sent.

    Raises PapersMissing, which names each, or WrongState for one that is not held.
    """
    lot = Lot.objects.hold([lot_id])[lot_id]
    if not lot.is_held:
        raise WrongState(lot.get_state_display())
    if missing := missing_for_release(lot=lot, day=today):
        raise PapersMissing([one.get_kind_display() for one in missing])
    lot.state, lot.released_at, lot.released_by = Lot.State.RELEASED, now, by
    lot.save(update_fields=["state", "released_at", "released_by"])
    recompute_sellable(product=lot.product, day=today)
    return lot


@transaction.atomic
def add_paper(
    *, lot_id: int, facts: PaperFacts, file: ContentFile | None = None, today: date
) -> Paper:
    """Put a paper to the lot, and the good back onto the shelf if it was the one that was missing.

    Raises ValidationError by field, WrongState for a lot that was recalled.
    """
    lot = Lot.objects.hold([lot_id])[lot_id]
    if lot.is_recalled:
        raise WrongState(lot.get_state_display())
    paper = put_paper(lot, facts, file)
    if lot.is_released:
        recompute_sellable(product=lot.product, day=today)
    return paper


def mark_recalled(*, lot: Lot, today: date) -> None:
    """Of a lot that the caller holds: neither sold nor sent again. See marketplace.aftersales."""
    lot.state = Lot.State.RECALLED
    lot.save(update_fields=["state"])
    recompute_sellable(product=lot.product, day=today)
