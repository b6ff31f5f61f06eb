"""One household: masked, shown field by field for a reason, changed, classed, erased."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session

from catalog.households.models import Category, Household, Reveal
from tests.factories.goods import HALE, HONGHE
from tests.factories.households import QINGSHUIHE, make_household, typed, valid_id_number
from tests.marketplace.dashboard.households.conftest import REGISTER, text_of

pytestmark = pytest.mark.django_db
MARKS = {
    "name": "标记姓名",
    "id_number": valid_id_number(77),
    "phone": "13987654321",
    "address": "标记村1号",
}


@pytest.fixture
def marked():
    return make_household(**MARKS, township=HALE)


def page_of(desk, household) -> str:
    return text_of(desk.get(f"{REGISTER}{household.code}/"))


def look(desk, household, field="phone", reason="电话核对收款"):
    return desk.post(f"{REGISTER}{household.code}/look/", {"field": field, "reason": reason})


def marks_in(text: str) -> list[str]:
    return [field for field, mark in MARKS.items() if mark in text]


def test_the_page_is_masked(desk, marked):
    page = page_of(desk, marked)
    assert marks_in(page) == []
    for masked in ("标*", "150125************", "139****4321", "••••", "Hale Town"):
        assert masked in page
    assert "Nobody has looked at anything." in page


@pytest.mark.parametrize("field", MARKS)
def test_one_field_is_shown_once_and_the_look_is_listed(desk, official, marked, field):
    answer = look(desk, marked, field)
    assert (answer.status_code, marks_in(text_of(answer))) == (200, [field])
    assert "no-store" in answer["Cache-Control"]
    row = Reveal.objects.get()
    assert (row.field, row.reason, row.by) == (field, "电话核对收款", official)
    assert "电话核对收款" in text_of(answer)
    page = page_of(desk, marked)
    assert marks_in(page) == []
    assert "电话核对收款" in page
    assert "电话核对收款" in text_of(desk.get(f"{REGISTER}looks/"))
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert marks_in(str(kept) + str(desk.cookies)) == []


@pytest.mark.parametrize(
    ("field", "reason", "words"),
    [
        ("phone", "", "This field is required."),
        ("phone", "看看", "Say why, in a few words"),
        ("phone", "看" * 201, "at most 200"),
        ("phone", "打给 139 8765 4321", "Leave name, number and address out"),
        ("id_digest", "电话核对收款", "Select a valid choice."),
        ("", "电话核对收款", "This field is required."),
    ],
)
def test_without_a_reason_nothing_is_shown_and_nothing_is_written(
    desk, marked, register, field, reason, words
):
    before = register()
    page = text_of(look(desk, marked, field, reason))
    assert words in page
    assert marks_in(page) == []
    assert register() == before


def test_a_look_is_a_post(desk, marked):
    assert desk.get(f"{REGISTER}{marked.code}/look/").status_code == 405


def test_another_countys_household_is_not_there(desk, register):
    theirs = make_household(QINGSHUIHE)
    before = register()
    for way in ("", "change/", "standing/", "erase/"):
        assert desk.get(f"{REGISTER}{theirs.code}/{way}").status_code == 404
    given = {"field": "phone", "reason": "电话核对收款"}
    for way in ("look/", "change/", "standing/", "erase/"):
        assert desk.post(f"{REGISTER}{theirs.code}/{way}", given).status_code == 404
    assert register() == before


def new(**changes) -> dict[str, object]:
    return {**typed(5), "category": "lifted", "status": "assisted", "township": HALE, **changes}


def test_a_household_is_registered_under_a_pseudonym(desk, official):
    answer = desk.post(f"{REGISTER}new/", new())
    household = Household.objects.get()
    assert answer["Location"] == f"{REGISTER}{household.code}/"
    assert household.id_number.open() == valid_id_number(5)
    assert household.steps.get().by == official
    page = text_of(desk.get(answer["Location"]))
    assert f"Registered as {household.code}." in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "This field is required."),
        ("name", "张1", "A name has letters only"),
        ("id_number", "150125197001011235", "The ID number is mistyped"),
        ("id_number", "1" * 1001, "at most 1000"),
        ("phone", "12", "Enter an 11-digit mobile number."),
        ("address", "东" * 201, "at most 200 signs"),
        ("township", HONGHE, "Select a valid choice."),
        ("category", "x", "Select a valid choice."),
        ("status", "x", "Select a valid choice."),
        ("begins_on", "2026-11-24", "The day lies between 2014 and today."),
        ("begins_on", "morgen", "Enter a valid date."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_what_was_typed_is_kept(
    desk, register, field, value, words
):
    before = register()
    page = text_of(desk.post(f"{REGISTER}new/", new(**{field: value})))
    assert words in page
    assert 'value="东坡村5号"' in page or field == "address"
    assert f'id="id_{field}_error"' in page
    assert register() == before


def test_a_number_that_is_registered_is_refused_beside_it(desk, register):
    ours = make_household(seed=5)
    before = register()
    assert f"registered already, as {ours.code}" in text_of(desk.post(f"{REGISTER}new/", new()))
    assert register() == before
    assert "Its ID number was typed in again" in text_of(desk.get(f"{REGISTER}{ours.code}/"))


def test_a_number_of_another_county_says_neither_whose_nor_which(desk, register):
    theirs = make_household(QINGSHUIHE, seed=5)
    before = register()
    page = text_of(desk.post(f"{REGISTER}new/", new()))
    assert "is registered in another county" in page
    assert theirs.code not in page
    assert "Qingshuihe" not in page
    assert register() == before


def change(desk, household, **given):
    return desk.post(f"{REGISTER}{household.code}/change/", {"township": HALE, **given})


def test_only_what_is_filled_in_changes(desk, marked):
    page = text_of(desk.get(f"{REGISTER}{marked.code}/change/"))
    assert marks_in(page) == []
    change(desk, marked, phone="13900000000", no_address="on")
    row = Household.objects.get()
    assert (row.phone.open(), row.address) == ("13900000000", None)
    assert row.name.open() == MARKS["name"]
    page = page_of(desk, marked)
    assert "Phone, Address" in page
    assert "Changed." in page


def test_a_form_that_was_open_for_long_does_not_move_the_household_back(desk, marked):
    page = text_of(desk.get(f"{REGISTER}{marked.code}/change/"))
    assert f'<input type="hidden" name="initial-township" value="{HALE}"' in page
    Household.objects.update(township=None)
    change(desk, marked, phone="13900000000", **{"initial-township": HALE})
    row = Household.objects.get()
    assert (row.township, row.phone.open()) == (None, "13900000000")
    change(desk, marked, **{"initial-township": ""})
    assert Household.objects.get().township_id == HALE


def test_a_change_that_is_wrong_or_none_changes_nothing(desk, marked, register):
    before = register()
    page = text_of(change(desk, marked, phone="12", name="李云"))
    assert "Enter an 11-digit mobile number." in page
    assert 'value="李云"' in page
    assert register() == before
    change(desk, marked)
    assert "Nothing was different." in page_of(desk, marked)
    assert register() == before


def stand(desk, household, **given):
    said = {"category": "sudden", "status": "assisted", "begins_on": "2026-11-23", **given}
    return desk.post(f"{REGISTER}{household.code}/standing/", said)


def test_a_category_follows_the_one_before(desk, marked):
    stand(desk, marked)
    rows = list(marked.standings.order_by("pk").values_list("category__code", "ends_on"))
    assert rows == [("lifted", date(2026, 11, 22)), ("sudden", None)]
    page = page_of(desk, marked)
    assert "In sudden severe difficulty · Being assisted" in page
    assert "Household lifted out of poverty · Being assisted" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"begins_on": "2020-01-01"}, "It cannot begin before the entry that is there"),
        ({"begins_on": "2026-11-24"}, "The day lies between 2014 and today."),
        ({"category": "lifted"}, "That is what the household is registered as already."),
        ({"category": ""}, "This field is required."),
    ],
)
def test_a_category_that_does_not_follow_is_refused(desk, marked, register, given, words):
    before = register()
    assert words in text_of(stand(desk, marked, **given))
    assert register() == before


def test_a_closed_category_can_be_kept_and_not_be_chosen_by_others(desk, marked, register):
    other = make_household()
    stand(desk, marked, category="sudden")
    Category.objects.filter(code="sudden").update(is_open=False)
    offered = 'value="sudden"'
    assert offered in text_of(desk.get(f"{REGISTER}{marked.code}/standing/"))
    assert offered not in text_of(desk.get(f"{REGISTER}{other.code}/standing/"))
    assert offered not in text_of(desk.get(f"{REGISTER}new/"))
    stand(desk, marked, category="sudden", status="settled")
    assert "In sudden severe difficulty · Risk removed" in page_of(desk, marked)
    before = register()
    assert "field--wrong" in text_of(stand(desk, other, category="sudden"))
    assert register() == before


def test_erasing_asks_first_and_wants_a_reason(desk, marked, register):
    before = register()
    page = text_of(desk.get(f"{REGISTER}{marked.code}/erase/"))
    assert "This cannot be undone." in page
    page = text_of(desk.post(f"{REGISTER}{marked.code}/erase/", {"reason": " "}))
    assert "This field is required." in page
    assert register() == before


def test_an_erased_household_is_a_pseudonym_with_its_past(desk, marked, register):
    desk.post(f"{REGISTER}{marked.code}/erase/", {"reason": "本人申请删除"})
    page = page_of(desk, marked)
    assert "Erased. Only the pseudonym and what was counted are left." in page
    assert "本人申请删除" in page
    assert 'name="reason"' not in page
    assert "标*" not in page
    before = register()
    given = new(field="phone", reason="再次申请删除")
    for way in ("look/", "change/", "standing/", "erase/"):
        desk.post(f"{REGISTER}{marked.code}/{way}", given)
        assert register() == before
    assert f">{marked.code}</a>" in text_of(desk.get(f"{REGISTER}?state=erased"))


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_costs_the_same_however_often_somebody_looked(
    desk, marked, count, django_assert_num_queries
):
    for _ in range(count):
        look(desk, marked)
    desk.get(f"{REGISTER}{marked.code}/")
    with django_assert_num_queries(6):
        page = page_of(desk, marked)
    assert page.count("电话核对收款") == count
