from datetime import timedelta

import pytest

from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper
from marketplace.shop.views.cooperatives import SHOWN_GOODS
from tests.factories import CooperativeFactory
from tests.marketplace.shop.conftest import make_many

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 48])
def test_the_directory_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    for _ in range(count):
        CooperativeFactory()
    with django_assert_max_num_queries(12):
        response = client.get("/cooperatives/")
    assert sum(len(group["cooperatives"]) for group in response.context["groups"]) == count


@pytest.mark.parametrize("count", [1, 48])
def test_a_producer_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    cooperative = make_many(count)[0].cooperative
    with django_assert_max_num_queries(12):
        response = client.get(cooperative.get_absolute_url())
    assert len(response.context["products"]) == min(count, SHOWN_GOODS)


def test_producers_stand_by_county(client, goods):
    groups = client.get("/cooperatives/").context["groups"]
    assert [group["county"].name for group in groups] == ["清水河县", "武川县"]
    assert [each.slug for each in groups[1]["cooperatives"]] == ["beipo"]


def test_a_producer_shows_its_goods_for_sale_and_the_way_to_the_rest(client, goods):
    response = client.get("/cooperatives/beipo/")
    keys = ("cheap", "ten", "over_ten", "lamb", "lamb_sold_out")
    shown = {product.title for product in response.context["products"]}
    assert shown == {goods[key].title for key in keys}
    assert client.get(response.context["all_url"]).context["total"] == 5


def test_a_producer_shows_papers_that_are_valid_today(client, goods, today):
    for number, days in (("SC-NEW", 0), ("SC-OLD", -1)):
        paper = Paper.objects.create(
            kind="food_production_licence",
            number=number,
            issuer="（演示）",
            holder="北坡",
            valid_from=today - timedelta(days=30),
            valid_until=today + timedelta(days=days),
        )
        CooperativePaper.objects.create(cooperative=goods["cheap"].cooperative, paper=paper)
    papers = client.get("/cooperatives/beipo/").context["papers"]
    assert [paper.number for paper in papers] == ["SC-NEW"]


def test_the_place_is_written_in_the_order_of_the_language(client, goods):
    assert "武川县哈乐镇" in client.get("/cooperatives/beipo/").content.decode()
    assert "Hale Town, Wuchuan County" in client.get("/en/cooperatives/beipo/").content.decode()


@pytest.mark.parametrize("slug", ["nobody", "x" * 300, "%00"])
def test_a_producer_that_is_not_there_is_a_404(client, goods, slug):
    assert client.get(f"/cooperatives/{slug}/").status_code == 404
