"""Writing baskets. Every change holds the basket's row, so parallel requests lose nothing."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from catalog.models import Product
from marketplace.basket.merging import gather_baskets
from marketplace.basket.models import Basket, Line
from marketplace.basket.refusals import BadQuantity, BasketClosed, UnknownVoucher
from marketplace.basket.visitor import Visitor, visitor_of
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import MOST_PACKS, NotForSale
from marketplace.partner.services import check_sale
from marketplace.voucher.codes import normalise_code
from marketplace.voucher.models import Voucher


def count_for(request: HttpRequest) -> int:
    """Packs in the visitor's basket: one query, none for a visitor without one."""
    visitor = visitor_of(request)
    if visitor.is_unknown:
        return 0
    baskets = Basket.objects.open_of(user_id=visitor.user_id, guest_ids=visitor.guest_ids)
    packs = Sum("lines__quantity", filter=Q(lines__saved=False))
    return baskets.aggregate(count=Coalesce(packs, 0))["count"]


def find_basket(*, visitor: Visitor) -> Basket | None:
    """The visitor's open basket, if there is one.

    Goods that lie in several, because a guest has signed in or two first adds have crossed,
    are laid together first: nobody has to look for them, and nothing is lost.
    """
    if visitor.is_unknown:
        return None
    found = list(Basket.objects.open_of(user_id=visitor.user_id, guest_ids=visitor.guest_ids))
    if not found:
        return None
    if len(found) > 1 or found[0].owner_id != visitor.user_id:
        return gather_baskets(visitor=visitor, now=timezone.now())
    return found[0]


def open_basket(*, visitor: Visitor) -> Basket:
    """The visitor's open basket, made now when there is none."""
    if found := find_basket(visitor=visitor):
        return found
    if visitor.user_id is not None:
        return Basket.objects.get_or_create(owner_id=visitor.user_id, status=Basket.OPEN)[0]
    first = Basket.objects.of_guests(visitor.guest_ids).order_by("pk").first()
    if first is None:
        return Basket.objects.create()
    return Basket.objects.get_or_create(
        continues_id=first.guest_id, owner=None, status=Basket.OPEN
    )[0]


def last_ordered(*, visitor: Visitor) -> int | None:
    """The key of the basket that the visitor has ordered last."""
    mine = Basket.objects.of_guests(visitor.guest_ids)
    if visitor.user_id is not None:
        mine |= Basket.objects.filter(owner=visitor.user_id)
    ordered = mine.filter(status=Basket.SUBMITTED).order_by("-date_submitted", "-pk")
    return ordered.values_list("pk", flat=True).first()


@transaction.atomic
def put_in_basket(*, visitor: Visitor, pack: Product, quantity: int | None, day: date) -> Line:
    """Add a pack to the visitor's basket, made for it when needed; a refusal makes none."""
    basket = open_basket(visitor=visitor)
    return add_pack(basket=basket, pack=pack, quantity=quantity, day=day)


@transaction.atomic
def add_pack(*, basket: Basket, pack: Product, quantity: int | None, day: date) -> Line:
    """Put packs in the basket, on top of those that are there.

    Without a quantity as few as may be bought. Raises a Refusal when the new number is not
    1 to MOST_PACKS, below the pack's minimum, not a step, more than is free, or it is not
    for sale. The price is the one that the buyer has just seen.
    """
    hold(basket)
    line = line_of(basket, pack)
    if quantity is None:
        quantity = line.product.quantity_step if line.quantity else pack.minimum_quantity
    if quantity < 1:
        raise BadQuantity(line)
    line.quantity += quantity
    check_line(line, day)
    know_price(line)
    line.save()
    return line


@transaction.atomic
def set_quantity(*, basket: Basket, line_id: int, quantity: int, day: date) -> Line:
    """Change the number of packs of a line. Raises as add_pack, or Line.DoesNotExist."""
    hold(basket)
    line = Line.objects.to_order().for_sale_check().get(basket=basket, pk=line_id)
    line.quantity = quantity
    check_line(line, day)
    line.save(update_fields=["quantity", "date_updated"])
    return line


@transaction.atomic
def remove_line(*, basket: Basket, line_id: int) -> Line:
    """Take a line out, saved ones too; returns what it was. Raises Line.DoesNotExist."""
    hold(basket)
    line = Line.objects.for_sale_check().get(basket=basket, pk=line_id)
    Line.objects.filter(pk=line.pk).delete()
    return line


@transaction.atomic
def accept_price(*, basket: Basket, line_id: int, price: Decimal | None) -> None:
    """The buyer has read that a pack now costs `price` yuan; another one is shown once more.

    Raises Line.DoesNotExist.
    """
    hold(basket)
    line = Line.objects.to_order().for_sale_check().get(basket=basket, pk=line_id)
    if line.price == price:
        know_price(line)
        line.save()


@transaction.atomic
def forget_merge(*, basket: Basket) -> None:
    """The user has read what became of the goods at sign-in."""
    hold(basket)
    Basket.objects.filter(pk=basket.pk).update(merge_notes=[])


@transaction.atomic
def set_voucher(*, basket: Basket, code: str) -> None:
    """Keep the code that was typed, whether it counts for these goods now or not.

    Raises UnknownVoucher and keeps the code that was there.
    """
    hold(basket)
    code = normalise_code(code)
    if not Voucher.objects.filter(code=code).exists():
        raise UnknownVoucher(None)
    Basket.objects.filter(pk=basket.pk).update(voucher_code=code)


@transaction.atomic
def remove_voucher(*, basket: Basket) -> None:
    hold(basket)
    Basket.objects.filter(pk=basket.pk).update(voucher_code="")


def carry_over_saved(*, basket: Basket) -> Basket | None:
    """Lay the saved lines of a basket in the visitor's next one; None when there are none.

    Called in the transaction that holds the basket, after it was closed: a user has one open
    basket. A guest's cookie leads to the next one by itself.
    """
    saved = Line.objects.filter(basket=basket, saved=True)
    if not saved.exists():
        return None
    if basket.owner_id is not None:
        following = Basket.objects.create(owner_id=basket.owner_id)
    else:
        following = Basket.objects.create(continues_id=basket.guest_id)
    saved.update(basket=following)
    return following


def hold(basket: Basket) -> None:
    """Lock the basket's row until the transaction ends. Raises BasketClosed."""
    held = Basket.objects.select_for_update().filter(pk=basket.pk, status=Basket.OPEN)
    if held.first() is None:
        raise BasketClosed


def line_of(basket: Basket, pack: Product, *, saved: bool = False) -> Line:
    """The pack's line, or a new one of no packs that is not yet written. Raises NotForSale."""
    record = StockRecord.objects.with_goods().filter(product=pack).first()
    found = Line.objects.filter(basket=basket, product=pack, saved=saved).first()
    line = found or Line(basket=basket, product=pack, quantity=0, saved=saved)
    if record is None:
        raise NotForSale(line)
    line.product, line.stockrecord = record.product, record
    line.line_reference = f"{pack.pk}-later" if saved else str(pack.pk)
    return line


def check_line(line: Line, day: date) -> None:
    if not 1 <= line.quantity <= MOST_PACKS:
        raise BadQuantity(line)
    check_sale(line=line, day=day)


def know_price(line: Line) -> None:
    """Take the price of today as the one that the buyer knows."""
    line.price_currency = line.stockrecord.price_currency
    line.price_incl_tax = line.price_excl_tax = line.stockrecord.price
