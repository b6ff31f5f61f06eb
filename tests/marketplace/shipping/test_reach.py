"""Which zone a place is in, what a parcel costs there, and when it comes."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from catalog.models import Product
from catalog.models.product import Storage
from catalog.origins.models import Region
from marketplace.shipping.models import Zone
from marketplace.shipping.reach import reach_of
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import HAIDIAN, NOW, YANQING, basket_with
from tests.marketplace.shipping.sending import lines_in

pytestmark = pytest.mark.django_db

CHENGDU_WUHOU, HOHHOT_WUCHUAN, URUMQI_TIANSHAN, XIANTAO = "510107", "150125", "650102", "429004"
DONGGUAN = "441900"


def quote(*wanted, region_code=HAIDIAN, now=NOW):
    return reach_of(region_code).quote(lines_in(basket_with(*wanted)), now)


def good(grams: int, price: str = "18.00", storage: str = "ambient", **fields) -> Product:
    """A good whose parcel weighs just these grams."""
    product = ProductFactory(packs=[(price, 999, grams)], storage=storage, **fields)
    product.children.update(gross_grams=grams)
    return product


@pytest.mark.parametrize(
    ("region_code", "fee"),
    [
        (HAIDIAN, "8.00"),
        ("110108012", "8.00"),
        ("110112", "8.00"),
        (YANQING, "10.00"),
        ("110119001", "10.00"),
        (HOHHOT_WUCHUAN, "10.00"),
        (XIANTAO, "14.00"),
        (DONGGUAN, "14.00"),
        (CHENGDU_WUHOU, "14.00"),
        (URUMQI_TIANSHAN, "26.00"),
    ],
)
def test_a_place_costs_what_its_zone_costs(region_code, fee):
    assert quote(good(1000), region_code=region_code)[0].fee == Decimal(fee)


def test_every_place_that_can_be_chosen_lies_in_a_zone():
    listed = set(Zone.objects.values_list("regions", flat=True))
    places = Region.objects.destinations().values_list("code", "parent__parent", "parent")
    homeless = [code for code, *above in places if listed.isdisjoint([code, *above])]
    assert homeless == []


def test_the_closest_listing_counts():
    Zone.objects.get(slug="far").listings.create(region_id="110108012")
    assert quote(good(1000), region_code="110108012")[0].fee == Decimal("26.00")
    assert quote(good(1000), region_code="110108011")[0].fee == Decimal("8.00")


@pytest.mark.parametrize("code", ["999999", "000000", "110199", "110108999", "999999999"])
def test_the_code_of_no_region_counts_as_the_default_district(code, django_assert_num_queries):
    with django_assert_num_queries(3):
        reach = reach_of(code)
    assert [region.code for region in reach.path] == ["110000", "110101"]


def test_a_region_in_no_zone_is_sent_nothing_and_nothing_breaks():
    Zone.objects.get(slug="far").delete()
    (parcel,) = quote(good(1000), region_code=URUMQI_TIANSHAN)
    assert (parcel.fee, parcel.grams, parcel.dispatch_on, parcel.arrives_on) == (0, 0, None, None)
    assert (parcel.to_free, parcel.notes) == (None, ())


@pytest.mark.parametrize(
    ("grams", "quantity", "fee"),
    [
        (6000, 1, "8.00"),
        (6001, 1, "9.50"),
        (7000, 1, "9.50"),
        (7001, 1, "11.00"),
        (3000, 2, "8.00"),
        (3000, 3, "12.50"),
    ],
)
def test_each_step_of_weight_that_is_begun_costs(grams, quantity, fee):
    (parcel,) = quote((good(grams), quantity))
    assert (parcel.fee, parcel.grams) == (Decimal(fee), grams * quantity)


def test_without_a_weight_in_the_parcel_that_of_the_label_counts():
    flour, oil = good(6000), good(1000)
    flour.children.update(gross_grams=0)
    oil.children.update(gross_grams=0, net_grams=None, net_ml=5200)
    assert [parcel.grams for parcel in quote(flour, oil)] == [6000, 5200]


def test_lines_of_one_parcel_are_weighed_and_paid_together():
    mill = CooperativeFactory()
    (parcel,) = quote(good(3500, cooperative=mill), good(3500, cooperative=mill))
    assert parcel.fee == Decimal("9.50")


def test_what_is_missing_until_delivery_is_free_is_told():
    (parcel,) = quote(good(1000, "150.00"))
    assert (parcel.fee, parcel.to_free) == (Decimal(8), Decimal(49))
    assert parcel.free_from is None


@pytest.mark.parametrize(("price", "fee"), [("198.99", "8.00"), ("199.00", "0.00")])
def test_from_an_amount_of_goods_on_delivery_is_free(price, fee):
    (parcel,) = quote(good(50_000 if fee == "0.00" else 1000, price))
    assert parcel.fee == Decimal(fee)
    assert parcel.to_free == (Decimal("0.01") if parcel.fee else None)
    assert parcel.free_from == (None if parcel.fee else Decimal("199.00"))


def test_where_the_fee_never_falls_away_nothing_is_missing():
    (parcel,) = quote(good(1000, "900.00", "chilled"))
    assert (parcel.fee, parcel.to_free) == (Decimal("12.00"), None)


def test_a_line_that_does_not_go_there_costs_and_delays_nothing():
    maker = CooperativeFactory()
    near = good(9000, "190.00", cooperative=maker, dispatch_weekdays=[5])
    near.districts.add(HAIDIAN)
    (parcel,) = quote(near, good(1000, cooperative=maker), region_code=YANQING)
    assert len(parcel.lines) == 2
    assert (parcel.fee, parcel.grams, parcel.dispatch_on) == (10, 1000, date(2026, 11, 24))
    assert parcel.to_free == Decimal("231.00")


def test_only_the_class_that_is_not_sent_there_stays_behind():
    maker = CooperativeFactory()
    warm, cold = quote(
        good(1000, cooperative=maker),
        good(1000, cooperative=maker, storage="chilled"),
        region_code=YANQING,
    )
    assert (warm.storage, warm.fee, warm.arrives_on) == ("ambient", 10, date(2026, 11, 26))
    assert (cold.storage, cold.fee, cold.arrives_on) == ("chilled", 0, None)


def test_the_promised_day_is_the_day_of_leaving_and_the_days_on_the_way():
    maker = CooperativeFactory()
    late = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    oats = good(1000, cooperative=maker)
    frozen = good(1000, storage="frozen", cooperative=maker, dispatch_weekdays=[5])
    days = [(p.dispatch_on.day, p.arrives_on.day) for p in quote(oats, frozen)]
    assert days == [(24, 25), (27, 29)]
    days = [(p.dispatch_on.day, p.arrives_on.day) for p in quote(oats, frozen, now=late)]
    assert days == [(25, 26), (27, 29)]


@pytest.mark.parametrize(
    ("storage", "ordered_on", "notes"),
    [
        ("ambient_fresh", date(2026, 10, 30), ()),
        ("ambient_fresh", date(2026, 10, 31), ("Ambient, packed against frost",)),
        ("ambient_fresh", date(2027, 3, 30), ("Ambient, packed against frost",)),
        ("ambient_fresh", date(2027, 3, 31), ()),
        ("ambient", date(2026, 12, 1), ()),
        ("frozen", date(2026, 12, 1), ()),
    ],
)
def test_fresh_goods_that_leave_from_november_to_march_are_packed_against_frost(
    storage, ordered_on, notes
):
    lines = lines_in(basket_with(good(1000, storage=storage)))
    morning = datetime.combine(ordered_on, time(9), ZoneInfo("Asia/Shanghai"))
    with override("en"):
        (parcel,) = reach_of(HAIDIAN).quote(lines, morning)
    assert parcel.notes == notes


def test_a_parcel_that_waits_for_a_pre_sale_says_so():
    lamb = good(7500, storage="frozen", ship_from=date(2026, 12, 10), ship_until=date(2026, 12, 31))
    lines = lines_in(basket_with(lamb))
    with override("en"):
        (parcel,) = reach_of(HAIDIAN).quote(lines, NOW)
    assert parcel.notes == ("Pre-sale, sent out from 10 December on",)
    assert (parcel.dispatch_on, parcel.arrives_on) == (date(2026, 12, 10), date(2026, 12, 12))
    with override("zh-hans"):
        assert "12月10日" in reach_of(HAIDIAN).quote(lines, NOW)[0].notes[0]


def test_goods_may_be_kept_to_a_whole_province():
    product = good(1000)
    product.districts.add("150000")
    lines = lines_in(basket_with(product))
    assert reach_of(HOHHOT_WUCHUAN).carries(lines[0])
    assert not reach_of(HAIDIAN).carries(lines[0])


def test_a_class_goes_to_most_zones_or_only_to_some():
    reach = reach_of(HAIDIAN)
    assert reach.goes_widely(Storage.AMBIENT)
    assert reach.goes_widely(Storage.AMBIENT_FRESH)
    assert not reach.goes_widely(Storage.CHILLED)
    assert [zone.slug for zone in reach.zones["chilled"]] == ["beijing-inner", "beijing-plain"]
