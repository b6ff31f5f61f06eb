import json
import re
from datetime import date, datetime, time

import pytest
import time_machine
from django.core.cache import cache

from marketplace.fairs.models import Fair
from tests.cms.conftest import publish, shelf
from tests.cms.expos.conftest import SECTIONS, session
from tests.factories import ProductFactory
from tests.factories.fairs import BEIJING, AllotmentFactory, BoothFactory, ZoneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ten_days_before")]

ADDRESS = "/expos/new-year/"


def stand_at(fair, count):
    """Exhibitors who stand in one zone, each with a good on the shelf."""
    zone = ZoneFactory(fair=fair, code="A", name="麦区", name_en="Grain", colour="oat")
    for number in range(1, count + 1):
        booth = BoothFactory(zone=zone, number=f"A{number:02}")
        product = ProductFactory()
        AllotmentFactory(
            booth=booth,
            exhibitor__fair=fair,
            exhibitor__cooperative=product.cooperative,
            exhibitor__goods=[product],
        )


def html_of(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def data_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_page_says_when_where_and_by_whom(client, fair, fair_page):
    html = html_of(client)
    assert "一袋新麦，<br>一筐土豆，一只羊" in html
    assert "2027年1月15日—17日" in html
    assert "9:00–18:00" in html
    assert "北城会展馆（虚构）" in html
    assert "阴山集展会组（虚构）" in html


def test_page_counts_down_to_the_first_opening(client, fair_page):
    clock = client.get(ADDRESS).context["sheet"].countdown
    assert (clock.days, clock.hours, clock.minutes) == (10, 0, 30)


@pytest.mark.parametrize(
    ("state", "moment", "words"),
    [
        ("draft", (1, 5, 8), "正在筹备"),
        ("call", (1, 15, 10), "正在筹备"),
        ("planned", (1, 15, 10), "正在开放"),
        ("running", (1, 16, 20), "这几天就在办"),
        ("running", (1, 17, 18), "这一届办完了"),
        ("closed", (1, 16, 10), "谢谢来的每一位。"),
        ("reported", (1, 16, 10), "谢谢来的每一位。"),
    ],
)
def test_page_follows_the_fair_and_the_clock(client, fair, fair_page, state, moment, words):
    month, day, hour = moment
    Fair.objects.filter(pk=fair.pk).update(state=state)
    with time_machine.travel(datetime(2027, month, day, hour, tzinfo=BEIJING), tick=False):
        assert words in html_of(client)


def test_last_day_that_ends_earlier_is_said(client, fair, fair_page):
    Fair.objects.filter(pk=fair.pk).update(last_closes_at=time(16))
    assert "9:00–18:00，17日（周日）16:00 收摊" in html_of(client)


def test_only_day_that_ends_earlier_has_its_own_hour(client, fair, fair_page):
    day = fair.begins_on
    Fair.objects.filter(pk=fair.pk).update(ends_on=day, last_closes_at=time(16))
    response = client.get(ADDRESS)
    assert response.context["sheet"].hours == "9:00–16:00"


def test_call_is_told_to_cooperatives_until_its_deadline(client, fair, fair_page):
    deadline = datetime(2027, 1, 8, 18, tzinfo=BEIJING)
    Fair.objects.filter(pk=fair.pk).update(state="call", call_closes_at=deadline)
    assert 'href="/dashboard/"' in html_of(client)
    Fair.objects.filter(pk=fair.pk).update(call_closes_at=datetime(2027, 1, 4, tzinfo=BEIJING))
    assert 'href="/dashboard/"' not in html_of(client)


def test_visitors_sign_up_only_for_a_planned_fair(client, fair, fair_page):
    assert 'id="sign-up"' in html_of(client)
    Fair.objects.filter(pk=fair.pk).update(state="call")
    assert 'id="sign-up"' not in html_of(client)


def test_plan_shows_who_stands_where_and_what_is_free(client, fair, fair_page):
    stand_at(fair, 2)
    BoothFactory(zone=fair.zones.get(), number="A03")
    (zone, stands) = client.get(ADDRESS).context["sheet"].plan[0]
    assert zone.name == "麦区"
    assert [(stand.number, stand.exhibitor is not None) for stand in stands] == [
        ("A01", True),
        ("A02", True),
        ("A03", False),
    ]


def test_programme_is_told_by_days_and_without_entry(client, fair, fair_page):
    session(fair, "entry", "1月15日入场", 15, 9, capacity=500, taken=120)
    session(fair, "show", "现推窝窝", 15, 10)
    session(fair, "talk", "藜麦怎么煮", 16, 10, capacity=30, taken=30)
    html = html_of(client)
    assert "1月15日（周五）" in html
    assert "1月15日入场" not in html
    assert "120" in html
    assert "名额已满，可以候补" in html


def test_page_is_an_event_for_search_engines(client, fair, fair_page):
    event, trail = data_of(html_of(client))["@graph"]
    assert event["@type"] == "Event"
    assert event["startDate"] == "2027-01-15T09:00:00+08:00"
    assert event["endDate"] == "2027-01-17T18:00:00+08:00"
    assert event["organizer"] == [{"@type": "Organization", "name": "阴山集展会组（虚构）"}]
    assert [row["name"] for row in trail["itemListElement"]] == ["首页", "展销会", "年货进京"]


def test_english_page_speaks_english_of_the_same_fair(client, fair, english_fair_page):
    html = html_of(client, "/en/expos/new-year/")
    assert "15–17 January 2027" in html
    assert "Beicheng hall (fictional)" in html
    assert "Fair office (fictional)" in html


def test_page_is_the_same_for_everybody(client, fair_page):
    response = client.get(ADDRESS)
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


@pytest.mark.parametrize(("exhibitors", "goods"), [(1, 1), (40, 60)])
def test_page_costs_the_same_for_any_number_of_exhibitors_and_goods(
    client, fair, fair_page, exhibitors, goods, django_assert_num_queries
):
    stand_at(fair, exhibitors)
    ProductFactory.create_batch(max(goods - exhibitors, 0))
    session(fair, "show", "现推窝窝", 15, 10)
    publish(fair_page, body=[*SECTIONS, *(shelf(rule="newest", count=12) for _ in range(5))])
    cache.clear()
    with django_assert_num_queries(18):
        html_of(client)


def test_exhibitors_are_listed_with_their_goods(client, fair, fair_page):
    stand_at(fair, 2)
    html = html_of(client, f"{ADDRESS}exhibitors/")
    products = [row.product.title for one in fair.exhibitors.all() for row in one.goods.all()]
    assert len(products) == 2
    assert all(title in html for title in products)


def test_exhibitors_are_filtered_by_zone_and_an_unknown_one_is_as_none(client, fair, fair_page):
    stand_at(fair, 1)
    other = ZoneFactory(fair=fair, code="B", name="羊区")
    AllotmentFactory(booth=BoothFactory(zone=other, number="B01"), exhibitor__fair=fair)
    address = f"{ADDRESS}exhibitors/"
    assert len(client.get(address).context["rows"]) == 2
    assert len(client.get(address, {"zone": "B"}).context["rows"]) == 1
    assert len(client.get(address, {"zone": "X", "county": "1' OR 1"}).context["rows"]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_exhibitors_costs_the_same_for_any_length(
    client, fair, fair_page, count, django_assert_num_queries
):
    stand_at(fair, count)
    client.get(ADDRESS)
    with django_assert_num_queries(15):
        html_of(client, f"{ADDRESS}exhibitors/")


def test_fair_without_anything_yet_has_a_whole_page(client, fair, fair_page):
    html = html_of(client)
    assert "谁来还在定" in html
    assert "展商名单还没定" in html_of(client, f"{ADDRESS}exhibitors/")


def test_fair_index_tells_what_comes_and_what_was(client, fairs_index, fair_page, fair):
    context = client.get("/expos/").context
    assert [row["page"] for row in context["ahead"]] == [fair_page]
    Fair.objects.filter(pk=fair.pk).update(state="reported")
    context = client.get("/expos/").context
    assert (context["ahead"], [row["page"] for row in context["over"]]) == ([], [fair_page])


def test_fair_index_without_fairs_leads_to_the_shelf(client, fairs_index):
    html = html_of(client, "/expos/")
    assert "眼下没有定下的展销会" in html


def test_home_shows_the_next_fair_and_nothing_once_it_is_over(client, home, image, fair, fair_page):
    teaser = {"title": "年货进京", "image": image.pk, "button": "看摊位和节目"}
    publish(home, body=[("fair", teaser)])
    assert "看摊位和节目" in html_of(client, "/")
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    assert "看摊位和节目" not in html_of(client, "/")


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [("draft", 5, "正在筹备"), ("planned", 5, "还有 10 天"), ("running", 16, "这几天就在办")],
)
def test_home_says_how_far_the_fair_is(client, home, image, fair, fair_page, state, day, words):
    publish(home, body=[("fair", {"title": "年货", "image": image.pk, "button": "去看看"})])
    Fair.objects.filter(pk=fair.pk).update(state=state)
    with time_machine.travel(datetime(2027, 1, day, 20, tzinfo=BEIJING), tick=False):
        assert words in client.get("/").content.decode()


def test_fair_of_past_days_is_not_the_next_one(client, home, image, fair, fair_page):
    publish(home, body=[("fair", {"title": "年货", "image": image.pk, "button": "去看看"})])
    Fair.objects.filter(pk=fair.pk).update(
        begins_on=date(2027, 1, 1), ends_on=date(2027, 1, 4), state="running"
    )
    assert "去看看" not in html_of(client, "/")
