"""Whatever is bought, at whatever price and discount, wherever it goes: it adds up to the fen."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models.product import Storage
from catalog.origins.models import Region
from marketplace.order.models import Order, OrderLineDiscount
from marketplace.partner.models import StockRecord
from marketplace.payment.expiry import expire_order
from marketplace.shipping.refusals import NotDelivered
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.offers import offer_of
from tests.marketplace.buying import NOW, basket_with, place, purchase_of

pytestmark = pytest.mark.django_db
FEN = Decimal("0.01")
yuan = st.integers(1, 500_000).map(lambda fen: fen * FEN)
# Number of the producer, storage, price, packs wanted, packs left over.
goods = st.tuples(
    st.integers(0, 2), st.sampled_from(Storage), yuan, st.integers(1, 30), st.integers(0, 3)
)
offers = st.one_of(
    st.builds(lambda off, more: {"off": off, "threshold": off + more}, yuan, yuan),
    st.builds(
        lambda percent, threshold: {"percent": percent, "threshold": threshold},
        st.integers(1, 99),
        yuan,
    ),
)


def fill_basket(wanted, cuts):
    makers = [CooperativeFactory() for _ in range(3)]
    for number, terms in enumerate(cuts):
        offer_of(**terms, cooperative=makers[number] if number else None)
    return basket_with(
        *(
            (
                ProductFactory(
                    cooperative=makers[maker],
                    storage=storage,
                    packs=[(price, packs + more, 1000)],
                ),
                packs,
            )
            for maker, storage, price, packs, more in wanted
        )
    )


def stock_numbers():
    return list(StockRecord.objects.order_by("pk").values_list("num_in_stock", "num_allocated"))


def check(order, wanted):
    lines = list(order.lines.order_by("pk"))
    fees = sum(order.consignments.values_list("fee", flat=True))
    goods_total = sum(line.line_price_incl_tax for line in lines)
    assert order.total_incl_tax == goods_total + fees
    assert order.shipping_incl_tax == fees >= 0
    shown = sum(line.line_price_before_discounts_incl_tax for line in lines)
    assert shown == sum(price * packs for _, _, price, packs, _ in wanted)
    taken_off = sum(order.discounts.values_list("amount", flat=True))
    shares = OrderLineDiscount.objects.filter(line__order=order).values_list("amount", flat=True)
    assert taken_off == sum(shares) == shown - goods_total
    assert all(line.line_price_incl_tax >= 0 for line in lines)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    wanted=st.lists(goods, min_size=1, max_size=5),
    cuts=st.lists(offers, max_size=3),
    district=st.integers(0, 15),
)
def test_parts_sum_to_the_whole_and_giving_up_restores_the_stock(wanted, cuts, district):
    region = Region.objects.filter(parent="110000").order_by("code")[district]
    with transaction.atomic():
        basket = fill_basket(wanted, cuts)
        before = stock_numbers()
        purchase = purchase_of(basket, district=region.pk)
        try:
            order = place(basket, purchase)
        except NotDelivered:
            assert stock_numbers() == before
        else:
            check(order, wanted)
            assert stock_numbers() == [(packs + more, packs) for *_, packs, more in wanted]
            assert expire_order(order_id=order.pk, now=NOW + timedelta(minutes=30))
            assert stock_numbers() == before
            assert not order.lines.exclude(num_allocated=0).exists()
        assert Order.objects.count() <= 1
        transaction.set_rollback(True)
