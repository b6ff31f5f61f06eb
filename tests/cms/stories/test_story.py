"""One story, and what stands below it."""

import json

import pytest

from tests.cms.conftest import publish, shelf
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.goods import QINGSHUIHE, WUCHUAN

pytestmark = pytest.mark.django_db


def titles(response):
    return [card.page.title for card in response.context["cards"]]


def data_of(response):
    html = response.content.decode()
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def test_a_story_says_who_tells_it_when_and_of_where(client, tell):
    tell(county_id=WUCHUAN, introduction="九月末，风里都是土味。")
    html = client.get("/stories/s1/").content.decode()
    assert "云朵" in html
    assert "2026年10月1日" in html
    assert "武川县" in html
    assert '<a href="/stories/">品牌故事</a>' in html


def test_related_stories_are_of_its_specialty_and_county_first(client, tell):
    oat = specialty()
    shown = tell(1, county_id=WUCHUAN, specialty=oat)
    for number in range(2, 5):
        tell(number)
    tell(5, county_id=QINGSHUIHE, specialty=oat, told_on="2025-01-01")
    tell(6, county_id=WUCHUAN, specialty=oat, told_on="2024-01-01")
    response = client.get(shown.get_url())
    assert titles(response) == ["第6个故事", "第5个故事", "第4个故事"]
    assert response.context["stories_url"] == "/stories/"


def test_a_draft_and_another_language_are_not_related(client, tell, english_home):
    shown, other = tell(1), tell(2)
    tell(3).unpublish()
    publish(other.copy_for_translation(english_home.locale, copy_parents=True))
    assert titles(client.get(shown.get_url())) == ["第2个故事"]


def test_the_only_story_leads_nowhere_else(client, tell):
    tell()
    response = client.get("/stories/s1/")
    assert titles(response) == []
    assert "page-cards" not in response.content.decode()


def test_a_story_is_an_article_for_search_engines(client, tell, image):
    tell(
        image=image, introduction='窖门一开</script><script>alert("x")</script>', county_id=WUCHUAN
    )
    response = client.get("/stories/s1/")
    article = data_of(response)["Article"]
    assert article["headline"] == "第1个故事"
    assert article["author"] == {"@type": "Person", "name": "云朵"}
    assert article["datePublished"] == "2026-10-01"
    assert article["mainEntityOfPage"].endswith("/stories/s1/")
    assert article["image"].startswith("http")
    assert "<script>alert" not in response.content.decode()
    trail = data_of(response)["BreadcrumbList"]["itemListElement"]
    assert [place["name"] for place in trail] == ["首页", "品牌故事", "第1个故事"]


@pytest.mark.parametrize("count", [1, 60])
def test_a_story_costs_the_same_for_any_number_of_goods_and_stories(
    client, tell, image, count, django_assert_num_queries
):
    products = ProductFactory.create_batch(count, cooperative=CooperativeFactory())
    oat = products[0].specialty
    body = [shelf(goods=[each.pk for each in products[at : at + 12]]) for at in range(0, count, 12)]
    body += [shelf(rule="county", county=WUCHUAN, count=12)]
    tell(1, image=image, county_id=WUCHUAN, specialty=oat, body=body)
    for number in range(2, 2 + min(count, 20)):
        tell(number, image=image, county_id=WUCHUAN, specialty=oat)
    client.get("/stories/s1/")
    with django_assert_num_queries(12):
        response = client.get("/stories/s1/")
    assert len(response.context["found"].goods) == count
    assert not response.cookies
