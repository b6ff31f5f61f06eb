import pytest
from django.http import QueryDict

from marketplace.shop.filters import ShelfQuery

KNOWN = {"storage": ["ambient", "frozen"], "price": ["0-10", "30-"]}


def parse(address: str) -> ShelfQuery:
    return ShelfQuery.parse(QueryDict(address), KNOWN)


def test_an_empty_address_asks_for_the_first_page_of_everything():
    query = parse("")
    assert query == ShelfQuery(words="", chosen={}, sort="default", page=1)
    assert query.is_plain


def test_unknown_groups_values_and_sorts_are_dropped():
    query = parse("storage=frozen&storage=tepid&price=abc&colour=red&sort=drop")
    assert query.chosen == {"storage": frozenset({"frozen"})}
    assert query.sort == "default"


@pytest.mark.parametrize(
    ("raw", "page"), [("1", 1), ("12", 12), ("0", None), ("-1", None), ("abc", None), ("", None)]
)
def test_a_page_is_a_positive_number_or_nothing(raw, page):
    assert parse(f"page={raw}").page == page


@pytest.mark.parametrize("raw", ["1e3", "1.0", "٣", "9" * 4000, "1 OR 1=1", "%00"])
def test_no_page_number_is_too_odd(raw):
    assert parse(f"page={raw}").page is None


def test_the_address_of_a_state_reads_as_that_state():
    query = parse("price=30-&storage=frozen&storage=ambient&sort=newest&page=3")
    assert query.address("/shop/") == (
        "/shop/?price=30-&storage=ambient&storage=frozen&sort=newest&page=3"
    )
    assert parse(query.address("").removeprefix("?")) == query


def test_defaults_are_left_out_of_the_address():
    assert parse("sort=default&page=1").address("/shop/") == "/shop/"


def test_toggling_adds_or_takes_away_one_value_and_goes_to_the_first_page():
    query = parse("storage=frozen&page=4")
    more = query.toggled("storage", "ambient")
    assert (more.values("storage"), more.page) == ({"ambient", "frozen"}, 1)
    assert query.toggled("storage", "frozen").chosen == {}


def test_words_stand_first_and_are_escaped():
    query = ShelfQuery(words="燕麦 & 米", chosen={"storage": frozenset({"frozen"})})
    assert query.address("/s/") == "/s/?q=%E7%87%95%E9%BA%A6+%26+%E7%B1%B3&storage=frozen"
    assert query.without_filters().address("/s/") == "/s/?q=%E7%87%95%E9%BA%A6+%26+%E7%B1%B3"
