"""What is taken off a basket."""

from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.voucher.models import VoucherUse
from tests.factories import CooperativeFactory, pack_of, specialty
from tests.factories.offers import BEGINS, ENDS, Scope, offer_of, voucher_of
from tests.marketplace.offer.counting import amounts, discounts, good, lines_of

pytestmark = pytest.mark.django_db


def test_nothing_runs_and_nothing_is_taken_off(django_assert_num_queries):
    lines = lines_of(good())
    with django_assert_num_queries(1):
        assert discounts(lines).rows == []


def test_an_empty_basket_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert discounts([], "YSJ20").rows == []


def test_an_offer_counts_from_its_threshold_on_and_names_its_bearer():
    mill = CooperativeFactory(short_name="云麦垛（虚构）", short_name_en="Yunmaiduo (fictional)")
    offer = offer_of(
        off="8.00", threshold="99.00", cooperative=mill, name="云麦垛满减", name_en="Yunmaiduo"
    )
    oats = good("33.00", cooperative=mill)
    assert amounts(lines_of((oats, 2))) == []
    lines = lines_of((oats, 3))
    (row,) = discounts(lines).rows
    assert (row.offer_id, row.voucher_id, row.name) == (offer.pk, None, "Yunmaiduo")
    assert (row.bearer, row.cooperative_id) == ("Borne by Yunmaiduo (fictional)", mill.pk)
    assert row.shares == {lines[0].pk: Decimal("8.00")}


def test_the_market_bears_what_nobody_else_does():
    offer_of()
    (row,) = discounts(lines_of(good())).rows
    assert (row.bearer, row.cooperative_id) == ("Borne by Yinshan Market", None)


def test_what_a_cooperative_bears_is_counted_and_taken_off_on_its_own_goods_alone():
    mill = CooperativeFactory()
    offer_of(off="5.00", threshold="36.00", cooperative=mill)
    assert amounts(lines_of(good(cooperative=mill), (good(), 9))) == []
    lines = lines_of(good("36.00", cooperative=mill), good())
    (row,) = discounts(lines).rows
    assert row.shares == {lines[0].pk: Decimal("5.00")}


def test_a_percentage_is_rounded_half_up_once_over_the_sum():
    offer_of(percent="5")
    lines = lines_of(good("0.10"), good("0.10"), good("0.10"))
    (row,) = discounts(lines).rows
    assert row.amount == Decimal("0.02")
    assert row.shares == {lines[0].pk: Decimal("0.01"), lines[1].pk: Decimal("0.01")}


def test_a_percentage_ends_at_its_cap():
    offer_of(percent="50", most_off=Decimal("10.00"))
    assert amounts(lines_of(good("18.00"))) == ["9.00"]
    assert amounts(lines_of(good("80.00"))) == ["10.00"]


def test_a_percentage_that_rounds_to_nothing_is_no_discount():
    offer_of(percent="1")
    assert amounts(lines_of(good("0.10"))) == []


def test_discounts_leave_a_fen_of_their_goods_to_pay():
    offer_of(off="20.00", priority=1)
    offer_of(off="20.00")
    assert amounts(lines_of(good("18.00"))) == ["17.99"]
    assert amounts(lines_of(good("30.00"))) == ["20.00", "9.99"]
    assert amounts(lines_of(good("0.01"))) == []


def test_offers_count_by_priority_then_age_each_on_what_is_left():
    offer_of(percent="10", name="later")
    offer_of(percent="10", name="latest")
    offer_of(off="20.00", threshold="100.00", priority=5, name="first")
    rows = discounts(lines_of(good("100.00"))).rows
    assert [(row.name, str(row.amount)) for row in rows] == [
        ("first", "20.00"),
        ("later", "8.00"),
        ("latest", "7.20"),
    ]


def test_a_threshold_is_held_against_what_is_left():
    offer_of(off="20.00", priority=1)
    offer_of(off="10.00", threshold="90.00")
    assert amounts(lines_of(good("100.00"))) == ["20.00"]


def test_an_exclusive_offer_stops_others_on_its_goods_only():
    mill = CooperativeFactory()
    oats, millet = good("100.00", cooperative=mill), good("50.00")
    offer_of(percent="10", cooperative=mill, exclusive=True, priority=1)
    offer_of(percent="20")
    lines = lines_of(oats, millet)
    first, second = discounts(lines).rows
    assert first.shares == {lines[0].pk: Decimal("10.00")}
    assert second.shares == {lines[1].pk: Decimal("10.00")}


def test_an_exclusive_offer_leaves_alone_what_was_counted_before_it():
    offer_of(percent="10", priority=1)
    offer_of(percent="20", exclusive=True)
    assert amounts(lines_of(good("100.00"))) == ["10.00"]


@pytest.mark.parametrize(
    ("now", "count"),
    [(BEGINS - timedelta(seconds=1), 0), (BEGINS, 1), (ENDS - timedelta(seconds=1), 1), (ENDS, 0)],
)
def test_an_offer_counts_from_its_first_moment_until_its_last(now, count):
    offer_of()
    assert len(discounts(lines_of(good()), now=now).rows) == count


def test_an_offer_without_uses_left_counts_no_more():
    offer = offer_of(limit_total=1)
    ConditionalOffer.objects.filter(pk=offer.pk).update(num_applications=1)
    assert amounts(lines_of(good())) == []


@pytest.mark.parametrize("part", ["good", "pack"])
def test_goods_that_are_not_discountable_are_left_alone(part):
    offer_of(percent="10")
    oats, millet = good("100.00"), good("50.00")
    changed = oats if part == "good" else pack_of(oats)
    type(oats).objects.filter(pk=changed.pk).update(is_discountable=False)
    assert amounts(lines_of(oats, millet)) == ["5.00"]


SCOPES = {
    "everything": "15.00",
    "specialty": "10.00",
    "shelf": "10.00",
    "cooperative": "10.00",
    "either": "15.00",
}


@pytest.mark.parametrize("name", SCOPES)
def test_a_range_holds_what_it_names(name):
    shelf = specialty("oat").add_child(name="燕麦片", slug="flakes")
    oats, millet = good("100.00"), good("50.00", specialty=specialty("neighbours", "邻居"))
    oats.categories.set([shelf])
    scope = {
        "everything": Scope(),
        "specialty": Scope(categories=(oats.specialty,)),
        "shelf": Scope(categories=(shelf,)),
        "cooperative": Scope(cooperatives=(oats.cooperative,)),
        "either": Scope(categories=(shelf,), cooperatives=(millet.cooperative,)),
    }[name]
    offer_of(percent="10", scope=scope)
    assert amounts(lines_of(oats, millet)) == [SCOPES[name]]


@pytest.mark.parametrize(("offers", "count"), [(1, 1), (3, 3), (20, 8)])
def test_discounts_cost_the_same_for_any_number_of_offers_and_lines(
    offers, count, django_assert_num_queries
):
    goods = [good() for _ in range(count)]
    for number in range(offers):
        oats = goods[number % count]
        scope = [
            Scope(),
            Scope(categories=(oats.specialty,)),
            Scope(cooperatives=(oats.cooperative,)),
        ]
        offer_of(off="0.10", scope=scope[number % 3])
    voucher_of(off="0.10")
    lines = lines_of(*goods)
    with django_assert_num_queries(3):
        assert len(discounts(lines).rows) == offers
    with django_assert_num_queries(4):
        assert len(discounts(lines, "YSJ20").rows) == offers + 1


def test_asking_writes_nothing():
    voucher = voucher_of(off="1.00")
    offer = offer_of(off="1.00", limit_total=5)
    assert len(discounts(lines_of(good()), "YSJ20").rows) == 2
    voucher.refresh_from_db()
    offer.refresh_from_db()
    assert (voucher.uses, offer.num_applications) == (0, 0)
    assert (VoucherUse.objects.count(), OfferUse.objects.count()) == (0, 0)


def test_an_offer_never_reaches_the_shelf(client):
    oats = good("36.00")
    offer_of(percent="50")
    oats.refresh_from_db()
    assert oats.price_from == Decimal("36.00")
    page = client.get(oats.get_absolute_url()).content.decode()
    assert "36.00" in page
    assert "18.00<" not in page
