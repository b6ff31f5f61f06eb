"""Shelves that fill themselves: one query for all, and the same goods by both ways."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.models import Product
from cms.blocks.rules import ShelfRule, marked
from cms.blocks.shelf import ShelfBlock
from marketplace.fairs.models import Exhibitor, ExhibitorProduct, Fair
from tests.cms.conftest import publish, shelf
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 30)


@pytest.fixture
def fair():
    return Fair.objects.create(
        name="年货展销会（虚构）",
        begins_on=date(2026, 12, 18),
        ends_on=date(2026, 12, 20),
        opens_at=time(9),
        closes_at=time(18),
        venue="展馆",
        region_id="110105",
        address="路一号",
        expected_visitors=500,
    )


def bring(fair, product, state="accepted"):
    exhibitor = Exhibitor.objects.create(
        fair=fair,
        cooperative=product.cooperative,
        county_id=product.county_id,
        state=state,
        applied_at=timezone.now(),
        reason="no room" if state == "declined" else "",
    )
    ExhibitorProduct.objects.create(exhibitor=exhibitor, product=product)
    return product


@pytest.fixture
def goods(fair):
    """Goods of two counties and three producers; three are brought, two of them by accepted."""
    here = CooperativeFactory()
    there = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    brought = [
        bring(fair, ProductFactory(cooperative=here)),
        bring(fair, ProductFactory(cooperative=there, packs=[("9.00", 0, 500)])),
        bring(fair, ProductFactory(), state="declined"),
    ]
    return [*brought, ProductFactory(cooperative=here), ProductFactory(cooperative=there)]


def shown(response, number=0):
    block = response.context["page"].body[number]
    return [
        each.pk for each in block.block.fill(block.value, response.context["found"])["products"]
    ]


def test_a_shelf_shows_the_goods_of_a_county(client, home, goods):
    publish(home, body=[shelf(rule="county", county=QINGSHUIHE)])
    assert shown(client.get("/")) == [goods[4].pk, goods[1].pk]


def test_a_shelf_shows_the_goods_of_a_producer(client, home, goods):
    publish(home, body=[shelf(rule="cooperative", cooperative=goods[0].cooperative_id)])
    assert shown(client.get("/")) == [goods[3].pk, goods[0].pk]


def test_a_shelf_shows_what_accepted_exhibitors_bring_to_a_fair(client, home, fair, goods):
    publish(home, body=[shelf(rule="fair", fair=fair.pk)])
    assert shown(client.get("/")) == [goods[0].pk, goods[1].pk]


def test_shelves_of_all_rules_do_not_mix(client, home, fair, goods):
    rules = [
        shelf(rule="fair", fair=fair.pk, count=1),
        shelf(rule="county", county=WUCHUAN, count=1),
        shelf(rule="cooperative", cooperative=goods[1].cooperative_id, count=1),
        shelf(rule="newest", count=2),
    ]
    publish(home, body=rules)
    response = client.get("/")
    firsts = [shown(response, number) for number in range(4)]
    assert firsts == [[goods[0].pk], [goods[3].pk], [goods[4].pk], [goods[4].pk, goods[3].pk]]


@pytest.mark.parametrize("count", [1, 2, 9])
@pytest.mark.parametrize(
    "rule", ["newest", "in_season", "specialty", "county", "cooperative", "fair"]
)
def test_what_the_database_selects_is_what_is_picked(fair, goods, rule, count):
    values = {"county": QINGSHUIHE, "fair": fair.pk}
    values |= {"specialty": goods[0].specialty_id, "cooperative": goods[0].cooperative_id}
    wanted = ShelfRule(rule, count, values.get(rule))
    everything = marked(Product.objects.for_sale(DAY), [wanted], DAY)
    selected = list(wanted.select(Product.objects.for_sale(DAY), DAY))
    assert selected
    assert wanted.pick(everything) == selected


@pytest.mark.parametrize("rule", ["specialty", "county", "cooperative", "fair"])
def test_a_rule_that_names_nothing_shows_nothing(client, home, goods, rule):
    publish(home, body=[shelf(rule=rule)])
    assert shown(client.get("/")) == []


@pytest.mark.parametrize("rule", ["specialty", "county", "cooperative", "fair"])
def test_a_rule_must_name_what_it_is_about(rule):
    block = ShelfBlock()
    value = block.to_python({"title": "下锅", "rule": rule, "count": 8, "goods": []})
    with pytest.raises(ValidationError) as refusal:
        block.clean(value)
    assert list(refusal.value.block_errors) == [rule]


@pytest.mark.parametrize("count", [1, 60])
def test_sixty_goods_on_five_shelves_cost_what_one_costs(
    client, home, fair, count, django_assert_num_queries
):
    products = ProductFactory.create_batch(count, cooperative=CooperativeFactory())
    keys = [each.pk for each in products]
    body = [shelf(goods=keys[at : at + 12]) for at in range(0, count, 12)]
    body += [shelf(rule="county", county=WUCHUAN), shelf(rule="fair", fair=fair.pk)]
    publish(home, body=body)
    client.get("/")
    with django_assert_num_queries(7):
        response = client.get("/")
    assert len(response.context["found"].goods) == count
