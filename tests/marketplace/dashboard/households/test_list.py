"""The register's list: pseudonyms and masked names, found by filters or by a whole number."""

from datetime import date

import pytest

from catalog.households.models import Category
from tests.factories.goods import HALE
from tests.factories.households import (
    QINGSHUIHE,
    left,
    make_household,
    make_households,
    valid_id_number,
)
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.households.conftest import REGISTER, text_of

pytestmark = pytest.mark.django_db


def codes_on(page: str, *households) -> list[bool]:
    return [f">{household.code}</a>" in page for household in households]


def test_the_list_shows_masked_names_of_the_own_county_alone(desk):
    ours = make_household(seed=7, name="标记姓名", township=HALE, category="unstable")
    theirs = make_household(QINGSHUIHE)
    page = text_of(desk.get(REGISTER))
    assert codes_on(page, ours, theirs) == [True, False]
    assert "标*" in page
    assert "Hale Town · Lifted, may fall back" in page
    for mark in ("标记姓名", valid_id_number(7), "13800000007", "东坡村"):
        assert mark not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [True, True, True]),
        ("?state=assisted", [True, True, False]),
        ("?state=left", [False, False, True]),
        ("?state=erased", [False, False, False]),
        ("?category=sudden", [False, True, False]),
        (f"?township={HALE}", [True, False, False]),
        (f"?township={HALE}&category=sudden", [False, False, False]),
        ("?township=x&category=%00", [True, True, True]),
    ],
)
def test_category_township_and_status_narrow_it_down(desk, query, found):
    one = make_household(township=HALE)
    two = make_household(category="sudden")
    three = left(make_household(), date(2026, 1, 1))
    assert codes_on(text_of(desk.get(f"{REGISTER}{query}")), one, two, three) == found


def test_households_of_a_closed_category_are_still_found_by_it(desk):
    one, two = make_household(category="sudden"), make_household()
    Category.objects.filter(code="sudden").update(is_open=False)
    page = text_of(desk.get(f"{REGISTER}?category=sudden"))
    assert codes_on(page, one, two) == [True, False]
    assert "In sudden severe difficulty</option>" in page


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{lower}", "{number}", "{spaced}"])
def test_a_household_is_found_by_pseudonym_or_whole_number(desk, typed):
    household = make_household(seed=31)
    number = valid_id_number(31)
    words = {
        "code": household.code,
        "lower": household.code.lower(),
        "number": number.lower(),
        "spaced": f"{number[:6]} {number[6:14]} {number[14:]}",
    }
    answer = desk.post(f"{REGISTER}find/", {"q": typed.format(**words)})
    assert answer.status_code == 302
    assert answer["Location"] == f"{REGISTER}{household.code}/"


@pytest.mark.parametrize("typed", ["number", "code", "张富贵", "\0", "1" * 1001])
def test_what_the_county_does_not_have_is_not_found_in_words(desk, typed):
    theirs = make_household(QINGSHUIHE, seed=31)
    typed = {"number": valid_id_number(31), "code": theirs.code}.get(typed, typed)
    answer = desk.post(f"{REGISTER}find/", {"q": typed})
    assert answer.status_code == 200
    assert 'class="field__error"' in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_a_number_is_looked_for_by_post_alone(desk):
    household = make_household(seed=31)
    assert desk.get(f"{REGISTER}find/?q={valid_id_number(31)}").status_code == 405
    page = text_of(desk.get(f"{REGISTER}?q={valid_id_number(31)}"))
    assert codes_on(page, household) == [True]
    assert valid_id_number(31) not in page.replace("%3F", "?").split("<main")[1]


def test_an_empty_register_says_what_to_do(desk):
    page = text_of(desk.get(REGISTER))
    assert "No households yet" in page
    make_household()
    assert "No household fits" in text_of(desk.get(f"{REGISTER}?category=sudden"))


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_costs_the_same_for_any_length(desk, count, django_assert_num_queries):
    for household in make_households(count, township=HALE):
        left(household, date(2026, 1, 1))
    desk.get(REGISTER)
    with django_assert_num_queries(7):
        page = text_of(desk.get(REGISTER))
    assert page.count("row--household") == count


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_of_looks_costs_the_same_for_any_length(
    desk, official, count, django_assert_num_queries
):
    for household in make_households(count):
        household.reveals.create(field="phone", reason="核对收款", at=NOW, by=official)
    theirs = make_household(QINGSHUIHE)
    theirs.reveals.create(field="phone", reason="别的旗县", at=NOW)
    desk.get(f"{REGISTER}looks/")
    with django_assert_num_queries(4):
        page = text_of(desk.get(f"{REGISTER}looks/"))
    assert (page.count("核对收款"), page.count("别的旗县")) == (count, 0)


def test_a_page_of_looks_that_is_not_there_leads_to_the_nearest(desk):
    answer = desk.get(f"{REGISTER}looks/?page=9")
    assert answer["Location"] == f"{REGISTER}looks/"
    assert "Nobody has looked at anything" in text_of(desk.get(f"{REGISTER}looks/"))
