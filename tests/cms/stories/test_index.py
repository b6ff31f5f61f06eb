"""The list of stories with its filters."""

import pytest

from tests.factories import specialty
from tests.factories.goods import QINGSHUIHE, WUCHUAN

pytestmark = pytest.mark.django_db


def titles(response):
    return [card.page.title for card in response.context["cards"]]


@pytest.fixture
def three(tell):
    oat, potato = specialty(), specialty("potato", "马铃薯")
    tell(1, county_id=WUCHUAN, specialty=oat)
    tell(2, county_id=WUCHUAN, specialty=potato)
    tell(3, county_id=QINGSHUIHE, specialty=potato)


def test_the_latest_story_comes_first(client, three):
    assert titles(client.get("/stories/")) == ["第3个故事", "第2个故事", "第1个故事"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (f"county={WUCHUAN}", [2, 1]),
        ("specialty=potato", [3, 2]),
        (f"county={WUCHUAN}&specialty=potato", [2]),
        (f"county={QINGSHUIHE}&specialty=oat", []),
        ("county=nowhere", []),
        ("specialty=%00", []),
        ("county=", [3, 2, 1]),
        ("other=1", [3, 2, 1]),
    ],
)
def test_stories_are_filtered_by_what_stands_in_the_address(client, three, query, numbers):
    response = client.get(f"/stories/?{query}")
    assert response.status_code == 200
    assert titles(response) == [f"第{number}个故事" for number in numbers]


def test_a_filter_is_a_link_and_takes_itself_back(client, three):
    kinds, counties = client.get("/stories/?specialty=oat").context["listing"].filters
    assert [(option.label, option.url, option.is_chosen) for option in kinds.options] == [
        ("燕麦", "/stories/", True),
        ("马铃薯", "/stories/?specialty=potato", False),
    ]
    assert [option.url for option in counties.options] == [
        f"/stories/?specialty=oat&county={QINGSHUIHE}",
        f"/stories/?specialty=oat&county={WUCHUAN}",
    ]


def test_a_filter_with_nothing_to_tell_apart_is_not_offered(client, tell):
    tell(1, county_id=WUCHUAN)
    tell(2, county_id=WUCHUAN)
    assert client.get("/stories/").context["listing"].filters == []


def test_a_filtered_list_is_not_for_search_engines(client, three):
    assert "noindex" in client.get("/stories/?specialty=oat").content.decode()
    assert "noindex" not in client.get("/stories/").content.decode()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/stories/"),
        ("?page=1", "/stories/"),
        ("?page=2", "/stories/?page=2"),
        ("?page=99", "/stories/?page=2"),
        (f"?county={WUCHUAN}", "/stories/"),
        (f"?county={WUCHUAN}&page=2", "/stories/"),
    ],
)
def test_each_page_of_the_list_has_an_address_of_its_own(client, tell, settings, query, address):
    settings.SITE_URL = "https://yinshan.example"
    for number in range(1, 16):
        tell(number, county_id=WUCHUAN)
    html = client.get(f"/stories/{query}").content.decode()
    assert f'<link rel="canonical" href="https://yinshan.example{address}">' in html


def test_nothing_found_leads_back_to_all(client, three):
    html = client.get("/stories/?county=nowhere").content.decode()
    assert 'class="button" href="/stories/"' in html


def test_a_list_without_stories_says_so(client, stories):
    html = client.get("/stories/").content.decode()
    assert 'class="empty"' in html
    assert 'href="/cooperatives/"' in html


@pytest.mark.parametrize("page", ["2", "99", "x", "-1"])
def test_a_long_list_is_turned_page_by_page(client, tell, page):
    for number in range(1, 16):
        tell(number)
    listing = client.get("/stories/").context["listing"]
    assert (len(listing.stories), listing.next_url) == (13, "/stories/?page=2")
    response = client.get(f"/stories/?page={page}")
    assert response.status_code == 200
    assert titles(response)


@pytest.mark.parametrize("count", [1, 13])
def test_the_list_costs_the_same_for_any_number(
    client, tell, image, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        tell(number, county_id=WUCHUAN, specialty=specialty(), image=image)
    client.get("/stories/")
    with django_assert_num_queries(9):
        response = client.get("/stories/")
    assert len(response.context["cards"]) == count
    assert not response.cookies
