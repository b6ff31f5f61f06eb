"""What the basket page shows beside the lines themselves."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from catalog.origins.models import Region
from marketplace.basket.contents import Contents, contents_of
from marketplace.basket.merging import MergeNote
from marketplace.basket.models import Basket, Line
from marketplace.day_words import month_day
from marketplace.offer.discounts import discount_row
from marketplace.offer.services import Person
from marketplace.shipping.destination import region_code_of
from marketplace.shipping.parcels import parcel_words

DISTRICT = 6


@dataclass(frozen=True)
class Taken:
    """A pack that was just taken out and may be put back; `later`: it was a saved one."""

    pack: Product
    quantity: int
    later: bool


def contents_for(request: HttpRequest, basket: Basket | None) -> Contents:
    """The basket's contents for the visitor, on their way to where they want goods sent."""
    return contents_of(
        basket=basket,
        region_code=region_code_of(request),
        person=Person(user_id=request.user.pk),
        now=timezone.now(),
    )


def taken_pack(taken: int = 0, quantity: int = 0, later: int = 0) -> Taken | None:
    """The pack by its key; None when there is none, as in an address made by hand."""
    if not (taken and quantity):
        return None
    packs = Product.objects.select_related("parent").filter(structure=Product.CHILD)
    pack = packs.filter(pk=taken).first()
    return Taken(pack, quantity, bool(later)) if pack else None


def piece_words(number: int) -> str:
    return ngettext("%(number)s pack", "%(number)s packs", number) % {"number": number}


def sum_rows(contents: Contents) -> list[tuple[str, str]]:
    """The lines of the sum: words and amount in yuan, last the day of the last parcel."""
    goods = _("Goods, %(packs)s") % {"packs": piece_words(contents.count)}
    delivery = _("Delivery, %(parcels)s") % {"parcels": parcel_words(len(contents.parcels))}
    rows = [
        (goods, f"¥{contents.goods_total:,.2f}"),
        *(discount_row(row.name, row.bearer, row.amount) for row in contents.discounts.rows),
        (delivery, f"¥{contents.fee_total:,.2f}"),
    ]
    if day := contents.last_arrival:
        rows.append((_("The last of it arrives"), month_day(day)))
    return rows


def merge_words(notes: list[MergeNote], lines: list[Line]) -> list[str]:
    """What became of each good at sign-in that still lies in the basket."""
    here = {line.product_id: line for line in lines}
    return [note_words(note, here[note["pack"]]) for note in notes if note["pack"] in here]


def note_words(note: MergeNote, line: Line) -> str:
    values = {"name": line.full_name, **note}
    if not note["own"]:
        return _("%(name)s × %(now)s, from before you signed in") % values
    if note["now"] == note["own"] + note["guest"]:
        return _("%(name)s: %(own)s here and %(guest)s from before make %(now)s") % values
    return (
        _("%(name)s: %(own)s here and %(guest)s from before; %(now)s is the most to be had now")
        % values
    )


def basket_page(contents: Contents, basket: Basket | None, region_code: str) -> dict[str, object]:
    """`region` is the district that the goods go to."""
    return {
        "contents": contents,
        "pieces": piece_words(contents.count),
        "parcels": parcel_words(len(contents.parcels)),
        "rows": sum_rows(contents),
        "region": Region.objects.filter(pk=region_code[:DISTRICT]).first(),
        "merged": merge_words(basket.merge_notes if basket else [], contents.lines),
        "voucher_code": basket.voucher_code if basket else "",
        "voucher_problem": contents.discounts.problem,
    }
