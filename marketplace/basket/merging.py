"""Laying the goods of one visitor's baskets together: at sign-in, or when two first adds crossed.

Baskets are locked in pk order, so merges, adds and orders at the same moment wait for each
other and cannot deadlock; who comes second finds the work done.
"""

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from marketplace.basket.models import Basket, Line
from marketplace.basket.visitor import Visitor
from marketplace.partner.refusals import MOST_PACKS, most_packs


class MergeNote(TypedDict):
    """What became of a pack: how many lay in the user's and the guest's basket, and lie now."""

    pack: int
    own: int
    guest: int
    now: int


@transaction.atomic
def gather_baskets(*, visitor: Visitor, now: datetime) -> Basket | None:
    """The visitor's one open basket, with all that lay in several; None when all are closed.

    A user's is their own, made when there is none; a guest's is the oldest. What is laid into
    a user's basket that was not empty is written down for them to read.
    """
    baskets = Basket.objects.open_of(user_id=visitor.user_id, guest_ids=visitor.guest_ids)
    held = list(baskets.order_by("pk").select_for_update())
    guests = [basket for basket in held if basket.owner_id is None]
    if visitor.user_id is not None:
        own = next((basket for basket in held if basket.owner_id is not None), None)
        target = own or hold_own(visitor.user_id)
    elif guests:
        target = guests[0]
    else:
        return None
    others = [basket for basket in guests if basket != target]
    notes = lay_together(target, others)
    if visitor.user_id is not None:
        target.merge_notes = [*target.merge_notes, *notes]
    codes = [basket.voucher_code for basket in (target, *others) if basket.voucher_code]
    target.voucher_code = codes[0] if codes else ""
    target.save(update_fields=["voucher_code", "merge_notes"])
    closed = Basket.objects.filter(pk__in=[basket.pk for basket in others])
    closed.update(status=Basket.MERGED, date_merged=now)
    return target


def hold_own(user_id: int) -> Basket:
    """The user's open basket, made now and locked; once more when it is ordered just then."""
    while True:
        Basket.objects.get_or_create(owner_id=user_id, status=Basket.OPEN)
        own = Basket.objects.select_for_update().filter(owner=user_id, status=Basket.OPEN).first()
        if own is not None:
            return own


def lay_together(target: Basket, others: list[Basket]) -> list[MergeNote]:
    """Move the lines of the others into the target; of one pack the numbers are summed."""
    lines = Line.objects.filter(basket__in=[target, *others]).for_sale_check().order_by("pk")
    there = {(line.product_id, line.saved): line for line in lines if line.basket_id == target.pk}
    was_empty = not there
    moved, grown, gone, notes = [], [], [], []
    for line in lines:
        if line.basket_id == target.pk:
            continue
        twin = there.setdefault((line.product_id, line.saved), line)
        if twin is line:
            moved.append(line)
            note = MergeNote(pack=line.product_id, own=0, guest=line.quantity, now=line.quantity)
        else:
            note = add_up(twin, line)
            grown.append(twin)
            gone.append(line)
        if not (line.saved or was_empty):
            notes.append(note)
    Line.objects.bulk_update(grown, ["quantity"])
    Line.objects.filter(pk__in=[line.pk for line in gone]).delete()
    Line.objects.filter(pk__in=[line.pk for line in moved]).update(basket=target)
    return notes


def add_up(twin: Line, line: Line) -> MergeNote:
    """Sum the packs into `twin`, not more than may be bought; what cannot be bought is kept."""
    own, total = twin.quantity, min(twin.quantity + line.quantity, MOST_PACKS)
    allowed = twin.product.quantity_within(min(total, most_packs(twin)))
    twin.quantity = total if line.saved else allowed or total
    return MergeNote(pack=line.product_id, own=own, guest=line.quantity, now=twin.quantity)
