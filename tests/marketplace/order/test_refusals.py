"""What is refused when an order is placed: named, and nothing has happened."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from catalog.models import Product
from catalog.origins.models import Region
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import set_quantity
from marketplace.offer.models import ConditionalOffer
from marketplace.order.models import Consignment, ConsignmentStep, Order, ShippingAddress
from marketplace.order.models import Line as OrderLine
from marketplace.order.refusals import BasketChanged, ConsentMissing, TotalChanged
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import BelowMinimum, NotForSale, OutOfStock, PriceChanged
from marketplace.shipping.models import Tariff
from marketplace.shipping.refusals import NotDelivered
from tests.factories import ProductFactory, pack_of
from tests.factories.offers import offer_of, voucher_of
from tests.marketplace.buying import (
    DAY,
    HAIDIAN,
    NOW,
    YANQING,
    basket_with,
    in_english,
    place,
    purchase_of,
)

pytestmark = pytest.mark.django_db


def assert_nothing_happened(basket):
    """No row of an order, the basket still open, no stock taken."""
    for model in (Order, OrderLine, Consignment, ConsignmentStep, ShippingAddress, Message):
        assert not model.objects.exists(), model
    basket.refresh_from_db()
    assert basket.status == Basket.OPEN
    assert not StockRecord.objects.exclude(num_allocated=0).exists()


def refused(basket, purchase, refusal):
    with pytest.raises(refusal) as caught:
        place(basket, purchase)
    assert_nothing_happened(basket)
    return caught.value


def test_what_is_sold_out_meanwhile_is_refused_and_named():
    product, other = ProductFactory(packs=[("18.00", 3, 1000)]), ProductFactory()
    basket = basket_with((other, 1), (product, 3))
    purchase = purchase_of(basket)
    StockRecord.objects.filter(product=pack_of(product)).update(num_in_stock=2)
    refusal = refused(basket, purchase, OutOfStock)
    assert refusal.line.product == pack_of(product)
    assert in_english(refusal) == "Only 2 packs left."


@pytest.mark.parametrize("price", ["18.01", "17.99"])
def test_a_price_that_changed_since_it_was_shown_is_refused_and_named(price):
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    purchase = purchase_of(basket)
    StockRecord.objects.update(price=price)
    refusal = refused(basket, purchase, PriceChanged)
    assert in_english(refusal) == f"The price is now ¥{price}. Please look at it once more."


@pytest.mark.parametrize("change", [{"is_public": False}, {"sellable_until": date(2026, 11, 22)}])
def test_what_is_withdrawn_meanwhile_is_refused_and_named(change):
    product = ProductFactory()
    basket = basket_with(ProductFactory(), product)
    purchase = purchase_of(basket)
    Product.objects.filter(pk=product.pk).update(**change)
    assert refused(basket, purchase, NotForSale).line.product.parent == product


def test_a_minimum_that_was_raised_meanwhile_is_refused_and_named():
    product = ProductFactory()
    basket = basket_with((product, 2))
    purchase = purchase_of(basket)
    product.children.update(minimum_quantity=3)
    assert refused(basket, purchase, BelowMinimum).line.quantity == 2


def test_goods_go_only_to_their_districts():
    product = ProductFactory(storage="chilled")
    product.districts.add(Region.objects.get(pk=HAIDIAN))
    basket = basket_with(product)
    refusal = refused(basket, purchase_of(basket, district=YANQING), NotDelivered)
    assert in_english(refusal) == "Not delivered there, only to: Haidian District."
    assert place(basket).lines.count() == 1


@pytest.mark.parametrize("storage", ["ambient_fresh", "chilled", "frozen"])
def test_each_perishable_must_be_confirmed(storage):
    basket = basket_with(ProductFactory(), ProductFactory(storage=storage))
    consents = [Line.objects.order_by("pk").first().pk]
    refusal = refused(basket, purchase_of(basket, consents=consents), ConsentMissing)
    assert refusal.line.goods.storage == storage


def test_ambient_goods_need_no_consent():
    basket = basket_with(ProductFactory())
    place(basket, purchase_of(basket, consents=[]))
    assert not OrderLine.objects.get().is_perishable


def test_a_basket_that_changed_since_it_was_shown_is_refused():
    product = ProductFactory()
    basket = basket_with((product, 1))
    purchase = purchase_of(basket)
    set_quantity(basket=basket, line_id=Line.objects.get().pk, quantity=5, day=DAY)
    assert refused(basket, purchase, BasketChanged).line.quantity == 5


def test_a_good_added_or_removed_in_another_window_is_not_ordered_unseen():
    basket = basket_with(ProductFactory())
    purchase = purchase_of(basket)
    refused(basket, purchase._replace(seen={}), BasketChanged)
    unseen = {**purchase.seen, 0: next(iter(purchase.seen.values()))}
    assert refused(basket, purchase._replace(seen=unseen), BasketChanged).line is None


def test_an_empty_basket_is_no_order():
    basket = basket_with()
    assert refused(basket, purchase_of(basket), BasketChanged).line is None


def test_a_price_that_changes_in_the_last_moment_takes_nothing(monkeypatch):
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    purchase = purchase_of(basket)

    def change_price(**_):
        StockRecord.objects.update(price="20.00")

    monkeypatch.setattr("marketplace.order.services.placement.write_notice", change_price)
    assert refused(basket, purchase, PriceChanged).line.stockrecord.price == Decimal("20.00")


def test_the_last_pack_taken_in_the_last_moment_takes_nothing(monkeypatch):
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    purchase = purchase_of(basket)

    def sell_to_another(**_):
        StockRecord.objects.update(num_in_stock=0)

    monkeypatch.setattr("marketplace.order.services.placement.write_notice", sell_to_another)
    assert refused(basket, purchase, OutOfStock).line.stockrecord.free == 0


def test_what_comes_out_dearer_or_cheaper_than_shown_is_refused():
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    for shown in ("25.99", "26.01"):
        purchase = purchase_of(basket, shown_total=Decimal(shown))
        refusal = refused(basket, purchase, TotalChanged)
        assert refusal.line is None
        assert (
            in_english(refusal) == "The total has changed meanwhile. Please look at it once more."
        )
    assert place(basket, purchase_of(basket, shown_total=Decimal("26.00"))).lines.count() == 1


def test_a_fee_that_changed_since_it_was_shown_is_refused():
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    purchase = purchase_of(basket)
    Tariff.objects.update(base_fee="12.00")
    assert refused(basket, purchase, TotalChanged).line is None


def test_a_discount_that_ended_since_it_was_shown_is_refused():
    offer = offer_of(off="8.00")
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    purchase = purchase_of(basket)
    assert purchase.shown_total == Decimal("18.00")
    ConditionalOffer.objects.filter(pk=offer.pk).update(end_datetime=NOW)
    refused(basket, purchase, TotalChanged)


def test_a_voucher_that_was_used_up_since_it_was_shown_is_refused_with_the_reason():
    voucher_of("YSJ20", off="5.00", limit_total=1)
    basket = basket_with(ProductFactory(packs=[("18.00", 3, 1000)]))
    purchase = purchase_of(basket, voucher_code="YSJ20")
    other = basket_with(ProductFactory())
    place(other, purchase_of(other, voucher_code="YSJ20", mobile="13900001111"))
    with pytest.raises(TotalChanged) as caught, override("en"):
        place(basket, purchase)
    assert Order.objects.count() == 1
    with override("en"):
        assert caught.value.words.endswith("Please look at it once more.")
    assert caught.value.why
