"""What an order keeps: as of the sale, whatever changes afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.models import Product, ProductPaper
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative, CooperativePaper
from catalog.traceability.models import Lot, LotPaper
from marketplace.basket import contents
from marketplace.basket.models import Line as BasketLine
from marketplace.offer.models import OfferUse
from marketplace.order.models import Consignment, Line, Order, OrderLineDiscount
from marketplace.partner.models import StockRecord
from marketplace.payment.expiry import expire_order
from marketplace.shipping.reach import reach_of
from marketplace.voucher.models import VoucherUse
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.offers import offer_of, voucher_of
from tests.marketplace.buying import (
    DAY,
    HAIDIAN,
    NOW,
    basket_with,
    order_for,
    place,
    purchase_of,
    stock,
)

pytestmark = pytest.mark.django_db
YESTERDAY = DAY - timedelta(days=1)


def paper(number, kind="test_report", begins=date(2026, 1, 1), ends=None):
    return Paper.objects.create(
        kind=kind, number=number, issuer="检测中心", valid_from=begins, valid_until=ends
    )


def lot(product, code, made, *papers):
    made = Lot.objects.create(
        code=code, product=product, produced_on=made, quantity=10, state=Lot.State.RELEASED
    )
    for each in papers:
        LotPaper.objects.create(lot=made, paper=each)


def row(number, kind="test_report", ends=None):
    return {"kind": kind, "number": number, "issuer": "检测中心", "valid_until": ends}


def test_a_line_keeps_the_papers_of_product_newest_lot_and_producer_that_are_valid_that_day():
    product, other = ProductFactory(), ProductFactory()
    licence = paper("SC-1", "food_production_licence", ends=DAY)
    CooperativePaper.objects.create(cooperative=product.cooperative, paper=licence)
    for one in (
        paper("P-1", "organic_certificate", ends=date(2027, 5, 1)),
        paper("P-over", "green_food_certificate", ends=YESTERDAY),
        paper("P-later", "conformity_certificate", begins=DAY + timedelta(days=1)),
    ):
        ProductPaper.objects.create(product=product, paper=one)
    lot(product, "L-old", date(2026, 9, 1), paper("T-old"))
    lot(product, "L-new", date(2026, 11, 1), paper("T-new"))
    lot(product, "L-coming", DAY + timedelta(days=1), paper("T-coming"))
    ProductPaper.objects.create(product=other, paper=paper("P-other"))
    order = order_for(product, other)
    first, second = order.lines.order_by("pk")
    assert first.papers == [
        row("SC-1", "food_production_licence", "2026-11-23"),
        row("P-1", "organic_certificate", "2027-05-01"),
        row("T-new"),
    ]
    assert second.papers == [row("P-other")]


def test_a_line_keeps_channel_rate_version_and_return_rule():
    shipping = ProductFactory(ship_from=DAY, ship_until=DAY + timedelta(days=9))
    presale = ProductFactory(ship_from=DAY + timedelta(days=1))
    frozen = ProductFactory(storage="frozen")
    lines = order_for(shipping, presale, frozen).lines.order_by("pk")
    assert [line.channel for line in lines] == ["online", "presale", "online"]
    assert {(line.fee_rate, line.rule_version) for line in lines} == {(Decimal(0), "2026-11")}
    assert [line.is_perishable for line in lines] == [False, False, True]


def test_a_consignment_keeps_weight_days_and_the_note_for_its_producer():
    mill, farm = CooperativeFactory(), CooperativeFactory()
    basket = basket_with(
        ProductFactory(cooperative=mill),
        ProductFactory(cooperative=mill, storage="frozen"),
        ProductFactory(cooperative=farm),
    )
    lines = BasketLine.objects.filter(basket=basket).for_page()
    parcels = reach_of(HAIDIAN).quote(lines, NOW)
    order = place(basket, purchase_of(basket, notes={mill.shelf.pk: "请放门口"}))
    consignments = list(order.consignments.order_by("pk"))
    assert [one.note for one in consignments] == ["请放门口", "请放门口", ""]
    kept = [(one.fee, one.grams, one.dispatch_on, one.promised_on) for one in consignments]
    assert kept == [(p.fee, p.grams, p.dispatch_on, p.arrives_on) for p in parcels]
    assert all(None not in one for one in kept)


@pytest.fixture
def discounted():
    """Lines for 18.00 and 36.00; 10.01 taken off by an offer, 3.00 by a cooperative's voucher."""
    first, second = ProductFactory(), ProductFactory()
    offer = offer_of(name="满50减10", off="10.01", threshold="50.00")
    voucher = voucher_of("XINKE", name="新客券", off="3.00", cooperative=second.cooperative)
    basket = basket_with((first, 1), (second, 2))
    order = place(basket, purchase_of(basket, voucher_code="XINKE"))
    return order, offer, voucher


def test_discounts_are_kept_with_their_bearer_and_split_over_the_lines(discounted):
    order, offer, voucher = discounted
    prices = order.lines.order_by("pk").values_list(
        "line_price_before_discounts_incl_tax", "line_price_incl_tax", "line_price_excl_tax"
    )
    assert list(prices) == [
        (Decimal("18.00"), Decimal("14.66"), Decimal("14.66")),
        (Decimal("36.00"), Decimal("26.33"), Decimal("26.33")),
    ]
    assert order.total_incl_tax == Decimal("40.99") + order.shipping_incl_tax
    first, second = order.discounts.order_by("pk")
    assert (first.offer_id, first.voucher_id, first.voucher_code) == (offer.pk, None, "")
    assert (first.offer_name, first.amount) == ("满50减10", Decimal("10.01"))
    assert (second.voucher_id, second.voucher_code) == (voucher.pk, "XINKE")
    assert (second.offer_name, second.amount) == ("新客券", Decimal("3.00"))
    maker = order.lines.order_by("pk").last().partner.cooperative
    assert (first.bearer, first.cooperative) == ("由阴山集承担", None)
    assert (second.bearer, second.cooperative) == (f"由{maker.short_name}承担", maker)
    shares = OrderLineDiscount.objects.order_by("pk").values_list("amount", flat=True)
    assert list(shares) == [Decimal("3.34"), Decimal("6.67"), Decimal("3.00")]


def test_uses_are_taken_and_come_back_once_when_the_order_expires(discounted):
    order, _, voucher = discounted
    voucher.refresh_from_db()
    assert (voucher.uses, VoucherUse.objects.get().mobile) == (1, "13800001234")
    assert OfferUse.objects.filter(order_id=order.pk).count() == 2
    later = NOW + timedelta(minutes=30)
    assert expire_order(order_id=order.pk, now=later)
    assert not expire_order(order_id=order.pk, now=later)
    voucher.refresh_from_db()
    assert voucher.uses == 0
    assert not OfferUse.objects.exists()
    basket = basket_with(ProductFactory())
    again = place(basket, purchase_of(basket, voucher_code="XINKE"))
    assert not again.discounts.exists()


def test_nothing_that_changes_later_changes_an_order():
    product = ProductFactory(title="莜面", title_en="Flour")
    ProductPaper.objects.create(product=product, paper=paper("P-1", ends=date(2027, 1, 1)))
    order = order_for((product, 2))

    def kept():
        fresh = Order.objects.get(pk=order.pk)
        lines = list(Line.objects.order_by("pk").values())
        address = (fresh.shipping_address.recipient, fresh.shipping_address.summary)
        return fresh.total_incl_tax, lines, address, list(Consignment.objects.values())

    before = kept()
    Product.objects.update(title="另一个", title_en="Other", storage="frozen")
    Product.objects.filter(structure="child").update(net_grams=1, gross_grams=1)
    Cooperative.objects.update(name="另一家（虚构）")
    StockRecord.objects.update(price="1.00", num_in_stock=F("num_in_stock") + 5)
    Paper.objects.update(number="P-2", valid_until=date(2026, 12, 1))
    ProductPaper.objects.all().delete()
    assert kept() == before


def test_an_order_that_does_not_add_up_is_never_written(monkeypatch):
    basket = basket_with(ProductFactory())
    monkeypatch.setattr(contents.Contents, "total", Decimal("1000.00"))
    purchase = purchase_of(basket)
    with pytest.raises(ArithmeticError):
        place(basket, purchase)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Line, {"line_price_incl_tax": Decimal("-0.01")}),
        (Line, {"line_price_incl_tax": Decimal("18.01")}),
        (Line, {"num_allocated": 2}),
        (Line, {"quantity": 0, "num_allocated": 0}),
        (Order, {"total_incl_tax": Decimal("7.99")}),
        (Consignment, {"state": "lost"}),
    ],
)
def test_the_database_refuses_what_cannot_be(model, change):
    order_for()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_the_lines_hold_what_the_stock_says_is_allocated():
    product = ProductFactory()
    order_for((product, 3))
    order_for((product, 4))
    held = Line.objects.values_list("num_allocated", flat=True)
    assert sum(held) == stock(product).num_allocated == 7
