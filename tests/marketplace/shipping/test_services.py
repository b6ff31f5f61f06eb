"""Which goods share a parcel, and the operator's changes to zones and tariffs."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from catalog.origins.models import Region
from marketplace.basket.contents import contents_of
from marketplace.offer.services import Person
from marketplace.shipping.models import Tariff, Zone
from marketplace.shipping.parcels import counted, ordinal
from marketplace.shipping.reach import reach_of
from marketplace.shipping.refusals import ClassNotDelivered, NotDelivered
from marketplace.shipping.services import (
    Terms,
    load_zones,
    remove_tariff,
    set_tariff,
)
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import HAIDIAN, NOW, YANQING, basket_with, in_english
from tests.marketplace.shipping.sending import lines_in

pytestmark = pytest.mark.django_db

TERMS = Terms(Decimal("9.00"), 2000, Decimal("1.20"), 500, Decimal("150.00"), 2)


def parcels(basket, region_code=HAIDIAN):
    return reach_of(region_code).quote(lines_in(basket), NOW)


def zone(slug: str) -> Zone:
    return Zone.objects.get(slug=slug)


def test_a_parcel_holds_one_producers_goods_of_one_temperature():
    mill, farm = CooperativeFactory(), CooperativeFactory()
    basket = basket_with(
        ProductFactory(cooperative=mill, storage="frozen"),
        ProductFactory(cooperative=farm),
        ProductFactory(cooperative=mill),
        ProductFactory(cooperative=mill, storage="chilled"),
        ProductFactory(cooperative=mill, storage="ambient_fresh"),
        ProductFactory(cooperative=mill),
    )
    found = [(p.number, p.cooperative, p.storage, len(p.lines)) for p in parcels(basket)]
    assert found == [
        (1, mill, "ambient", 2),
        (2, mill, "ambient_fresh", 1),
        (3, mill, "chilled", 1),
        (4, mill, "frozen", 1),
        (5, farm, "ambient", 1),
    ]


def test_the_fees_of_a_baskets_parcels_are_part_of_its_sum():
    basket = basket_with((ProductFactory(packs=[("18.00", 100, 1000)]), 2), ProductFactory())
    contents = contents_of(basket=basket, region_code=HAIDIAN, person=Person(), now=NOW)
    assert [parcel.fee for parcel in contents.parcels] == [Decimal("8.00"), Decimal("8.00")]
    assert contents.goods_total == Decimal("54.00")
    assert contents.fee_total == Decimal("16.00")
    assert contents.total == Decimal("70.00")
    assert contents.count == 3


def test_nothing_travels_in_no_parcel():
    assert reach_of(HAIDIAN).quote([], NOW) == []


@pytest.mark.parametrize("count", [1, 8])
def test_a_quote_costs_two_queries_for_any_number_of_lines(count, django_assert_num_queries):
    lines = lines_in(basket_with(*ProductFactory.create_batch(count)))
    with django_assert_num_queries(2):
        assert len(reach_of(HAIDIAN).quote(lines, NOW)) == count


def test_goods_without_districts_go_everywhere_and_others_only_where_allowed():
    product = ProductFactory()
    basket = basket_with(product)
    reach_of(YANQING).check(lines_in(basket)[0])
    product.districts.add(Region.objects.get(pk=HAIDIAN))
    (line,) = lines_in(basket)
    reach_of(HAIDIAN).check(line)
    reach_of(f"{HAIDIAN}012").check(line)
    with pytest.raises(NotDelivered) as refused:
        reach_of(YANQING).check(line)
    assert in_english(refused.value) == "Not delivered there, only to: Haidian District."


def test_chilled_goods_are_refused_where_no_tariff_carries_them_and_told_where_they_go():
    (line,) = lines_in(basket_with(ProductFactory(storage="chilled")))
    reach_of(HAIDIAN).check(line)
    with pytest.raises(ClassNotDelivered) as refused:
        reach_of(YANQING).check(line)
    assert in_english(refused.value) == (
        "Chilled 0–4 °C goods are not delivered there, only to: "
        "Beijing's six inner districts, Beijing's five outer plain districts."
    )


def test_a_class_that_goes_nowhere_is_refused_in_words():
    Tariff.objects.filter(storage="chilled").delete()
    (line,) = lines_in(basket_with(ProductFactory(storage="chilled")))
    with pytest.raises(ClassNotDelivered) as refused:
        reach_of(HAIDIAN).check(line)
    assert in_english(refused.value) == "Chilled 0–4 °C goods are not delivered at present."


def test_a_tariff_is_set_changed_and_taken_away():
    mountains = zone("beijing-mountain")
    basket = basket_with(ProductFactory(storage="chilled", packs=[("18.00", 9, 3000)]))
    set_tariff(zone=mountains, storage="chilled", terms=TERMS)
    assert parcels(basket, YANQING)[0].fee == Decimal("12.60")
    set_tariff(zone=mountains, storage="chilled", terms=TERMS._replace(base_fee=Decimal("20.00")))
    assert parcels(basket, YANQING)[0].fee == Decimal("23.60")
    assert remove_tariff(zone=mountains, storage="chilled") is True
    assert remove_tariff(zone=mountains, storage="chilled") is False
    with pytest.raises(ClassNotDelivered):
        reach_of(YANQING).check(lines_in(basket)[0])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("base_fee", Decimal("-0.01")),
        ("base_fee", Decimal("1.001")),
        ("base_fee", None),
        ("base_grams", -1),
        ("step_fee", Decimal(-1)),
        ("step_grams", 0),
        ("free_from", Decimal(-1)),
        ("transit_days", 31),
        ("storage", "lukewarm"),
    ],
)
def test_terms_that_make_no_tariff_are_refused_by_field_and_change_nothing(field, value):
    before = list(Tariff.objects.order_by("pk").values())
    storage = value if field == "storage" else "ambient"
    terms = TERMS if field == "storage" else TERMS._replace(**{field: value})
    with pytest.raises(ValidationError) as refused:
        set_tariff(zone=zone("beijing-inner"), storage=storage, terms=terms)
    assert set(refused.value.message_dict) >= {field}
    assert list(Tariff.objects.order_by("pk").values()) == before


def test_loading_again_leaves_what_the_operator_made():
    inner = zone("beijing-inner")
    set_tariff(zone=inner, storage="ambient", terms=TERMS)
    remove_tariff(zone=inner, storage="chilled")
    Zone.objects.filter(pk=inner.pk).update(name="城里")
    assert load_zones() == 0
    inner.refresh_from_db()
    assert inner.name == "城里"
    assert inner.tariffs.get(storage="ambient").base_fee == Decimal("9.00")
    assert not inner.tariffs.filter(storage="chilled").exists()


def test_a_missing_zone_is_loaded_without_taking_regions_from_another():
    zone("beijing-mountain").delete()
    zone("beijing-inner").listings.create(region_id=YANQING)
    assert load_zones() == 1
    mountains = zone("beijing-mountain")
    assert {tariff.storage for tariff in mountains.tariffs.all()} == {
        "ambient",
        "ambient_fresh",
        "frozen",
    }
    assert mountains.listings.count() == 4
    assert zone("beijing-inner").listings.filter(region_id=YANQING).exists()


@pytest.mark.parametrize("count", [1, 6])
def test_the_table_of_zones_costs_the_same_for_any_number(count, django_assert_num_queries):
    keep = Zone.objects.for_table()[:count].values_list("pk", flat=True)
    Zone.objects.exclude(pk__in=list(keep)).delete()
    with django_assert_num_queries(3):
        rows = [
            (row.slug, [region.code for region in row.regions.all()], row.tariff_rows)
            for row in Zone.objects.for_table()
        ]
    assert len(rows) == count
    slug, codes, tariffs = rows[0]
    assert (slug, codes[0]) == ("beijing-inner", "110101")
    assert [storage for storage, tariff in tariffs if tariff] == [
        "ambient",
        "ambient_fresh",
        "chilled",
        "frozen",
    ]


def test_parcels_are_numbered_and_counted_as_people_say_it():
    with override("zh-hans"):
        assert [ordinal(n) for n in (1, 2, 10, 11)] == ["一", "二", "十", "11"]
        assert [counted(n) for n in (1, 2, 3)] == ["一", "两", "三"]
    with override("en"):
        assert (ordinal(2), counted(2)) == ("2", "2")
