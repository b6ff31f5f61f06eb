"""What the ledger is told when an order is paid: to the fen, and whose money it is."""

from decimal import Decimal

import pytest
import stripe

from marketplace.ledger.models import Entry
from marketplace.offer.terms import Scope
from marketplace.partner.models import PricePaid
from marketplace.payment import gateway
from marketplace.payment.cancelling import cancel_paid_order
from marketplace.payment.models import Refund
from marketplace.payment.refunds import Wish, request_refund, send_refund
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import NOW, basket_with, order_for, place, purchase_of, stock
from tests.marketplace.payment.paying import balances, pay, wished

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()


def maker(product) -> int:
    return product.cooperative_id


def test_buyers_pay_each_cooperative_for_its_goods_and_its_delivery(stripe_server):
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    lamb = ProductFactory(storage="frozen", packs=[("118.00", 9, 1500)])
    order = order_for((flour, 2), lamb)
    pay(order, stripe_server)
    fees = dict(order.consignments.values_list("partner__cooperative", "fee"))
    freight = {("freight", maker): fee for maker, fee in fees.items() if fee}
    assert balances(order) == {
        ("buyers", 0): -order.total_incl_tax,
        ("cooperative", maker(flour)): Decimal("36.00"),
        ("cooperative", maker(lamb)): Decimal("118.00"),
        **freight,
    }


def test_what_the_market_bears_it_pays_and_what_a_cooperative_bears_it_does_not_get(stripe_server):
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    voucher_of("MARKET", off="5.00")
    basket = basket_with((flour, 2))
    order = place(basket, purchase_of(basket, voucher_code="MARKET"))
    pay(order, stripe_server)
    found = balances(order)
    assert found["cooperative", maker(flour)] == Decimal("36.00")
    assert found["promotion", 0] == Decimal("-5.00")
    assert found["buyers", 0] == -order.total_incl_tax
    assert sum(found.values()) == 0


def test_a_cooperatives_own_voucher_is_not_made_good(stripe_server):
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    voucher_of("OWN", off="5.00", cooperative=flour.cooperative)
    basket = basket_with((flour, 2))
    order = place(basket, purchase_of(basket, voucher_code="OWN"))
    pay(order, stripe_server)
    assert balances(order)["cooperative", maker(flour)] == Decimal("31.00")
    assert ("promotion", 0) not in balances(order)


def test_the_price_that_was_paid_for_one_pack_is_kept(stripe_server):
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    voucher_of("MARKET", off="5.00")
    basket = basket_with((flour, 3))
    pay(place(basket, purchase_of(basket, voucher_code="MARKET")), stripe_server)
    paid = PricePaid.objects.get()
    assert (paid.stockrecord, paid.at) == (stock(flour), NOW)
    assert paid.price == Decimal("16.33")  # 49.00 for three, rounded down


def test_settling_again_posts_nothing(stripe_server):
    order = order_for(ProductFactory())
    pay(order, stripe_server)
    before = Entry.objects.count(), PricePaid.objects.count()
    pay_again = order.payment
    pay_again.refresh_from_db()
    assert pay_again.has_money
    assert (Entry.objects.count(), PricePaid.objects.count()) == before


def test_what_the_market_bore_of_goods_that_cost_nothing_comes_back_when_all_is_cancelled(
    stripe_server,
):
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    salt = ProductFactory(packs=[("0.30", 9, 1000)], cooperative=flour.cooperative)
    voucher_of("GIFT", off="18.30", scope=Scope(cooperatives=(flour.cooperative,)))
    basket = basket_with(flour, salt, ProductFactory(packs=[("30.00", 9, 1000)]))
    order = place(basket, purchase_of(basket, voucher_code="GIFT"))
    payment = pay(order, stripe_server)
    assert balances(order)["promotion", 0] == Decimal("-18.29")
    paid_for = order.lines.filter(line_price_incl_tax__gt=0)
    wish = Wish(
        {line.pk: line.refundable for line in paid_for},
        {parcel.pk: parcel.fee_refundable for parcel in order.consignments.all()},
    )
    refund = request_refund(payment_id=payment.pk, wish=wish, request=wished(), now=NOW)
    send_refund(refund_id=refund.pk, now=NOW)
    assert balances(order)["promotion", 0] == Decimal("-0.30")
    cancel_paid_order(order=order, by=None, reason="", now=NOW)
    assert balances(order) == {}
    assert Refund.objects.count() == 1
