"""Recognitions in the office: entered, refused in words, ended, listed, read by their holder."""

from datetime import date, timedelta

import pytest

from catalog.assistance.models import Recognition
from marketplace.dashboard import listing
from marketplace.dashboard.models import Change
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.files import SVG, named_photo, photo
from tests.factories.goods import HONGHE, QINGSHUIHE
from tests.factories.recognitions import recognised, recognition_files, scheme_of
from tests.marketplace.buying import DAY, NOW

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/recognitions/"
NEW = f"{LIST}new/beipo/"
PRINTED = {
    "scheme": "832",
    "product": "",
    "number": "832-15-0001",
    "issuer": "平台审核组",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
}


def typed(**changes) -> dict:
    return {**PRINTED, "file": photo(), **changes}


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def is_as_before(before) -> bool:
    return state() == before


def state() -> tuple:
    rows = list(Recognition.objects.order_by("pk").values())
    return rows, Change.objects.count(), recognition_files()


def test_an_operator_enters_one_and_the_shop_shows_it(office, operator, maker):
    good = ProductFactory(cooperative=maker, title_en="Oat rice")
    response = office.post(NEW, typed(product=good.pk))
    found = Recognition.objects.get()
    assert response["Location"] == f"{LIST}{found.pk}/"
    assert (found.scheme.code, found.cooperative, found.product) == ("832", maker, good)
    assert (found.number, found.valid_until) == ("832-15-0001", date(2026, 12, 31))
    change = Change.objects.get()
    assert (change.room, change.subject, change.by, change.at) == (
        "recognised",
        f"recognition:{found.pk}",
        operator,
        NOW,
    )
    page = text(office.get(f"{LIST}{found.pk}/"))
    for words in ("832-15-0001", "Oat rice", "1 January 2026 to 31 December 2026", "Added"):
        assert words in page
    paper = office.get(f"{LIST}{found.pk}/file/")
    assert paper["Content-Type"] == "image/jpeg"
    assert "Listed on 832" in text(office.get(f"/en{good.get_absolute_url().removeprefix('/en')}"))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"scheme": ""}, "scheme", "required"),
        ({"scheme": "none"}, "scheme", "Select a valid choice"),
        ({"number": ""}, "number", "required"),
        ({"number": "9" * 61}, "number", "at most 60"),
        ({"issuer": "a\x00"}, "issuer", "Null characters"),
        ({"valid_from": "yesterday"}, "valid_from", "valid date"),
        ({"valid_until": "2025-12-31"}, "valid_until", "It cannot end before it begins."),
        ({"valid_from": "2019-12-31"}, "valid_from", "not on the list of this scheme"),
        ({"product": "999999"}, "product", "Select a valid choice"),
        ({"file": ""}, "file", "Choose a photo or a PDF."),
        ({"file": named_photo(SVG)}, "file", "This is no picture and no PDF."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_changes(
    office, maker, changes, field, words
):
    before = state()
    response = office.post(NEW, typed(**changes))
    assert list(response.context["form"].errors) == [field]
    assert words in response.context["form"].errors[field][0]
    assert 'value="平台审核组"' in text(response) or field == "issuer"
    assert is_as_before(before)


def test_a_county_off_the_list_a_used_number_and_a_foreign_good_are_refused(office, maker):
    elsewhere = CooperativeFactory(slug="yaopan", county_id=QINGSHUIHE, township_id=HONGHE)
    theirs = ProductFactory(cooperative=elsewhere)
    recognised(scheme_of("832"), maker, number="832-15-0001")
    before = state()
    for address, changes, field in [
        (f"{LIST}new/yaopan/", {"number": "832-15-0002"}, "valid_from"),
        (NEW, {}, "number"),
        (NEW, {"number": "832-15-0003", "product": theirs.pk}, "product"),
    ]:
        response = office.post(address, typed(**changes))
        assert list(response.context["form"].errors) == [field]
        assert is_as_before(before)


def test_an_earlier_end_is_kept_with_who_wrote_it(office, operator, maker):
    found = recognised(scheme_of("mengzi"), maker, ends=date(2026, 12, 31))
    page = f"{LIST}{found.pk}/"
    for last_day, words in [
        ("2027-01-01", "It ends before that already."),
        ("2025-12-31", "It cannot end before it begins."),
        ("soon", "valid date"),
        ("", "required"),
    ]:
        before = state()
        response = office.post(page, {"last_day": last_day})
        assert words in response.context["form"].errors["last_day"][0]
        assert is_as_before(before)
    assert office.post(page, {"last_day": "2026-11-23"})["Location"] == page
    assert "Valid until: 2026-12-31 → 2026-11-23" in text(office.get(page))
    change = Change.objects.get()
    assert (change.by, change.after) == (operator, {"valid_until": "2026-11-23"})


def test_a_row_says_how_it_stands(office, maker):
    elsewhere = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    scheme = scheme_of("832")
    recognised(scheme, maker, ends=DAY + timedelta(days=30))
    recognised(scheme, maker, ends=DAY - timedelta(days=1))
    recognised(scheme, maker, begins=DAY + timedelta(days=1))
    recognised(scheme, elsewhere)
    recognised(scheme_of("mengzi"), maker)
    found = office.get(LIST).context["found"]
    assert [row.state for row in found.rows] == ["ended", "ending", "coming", "off_list", "valid"]
    page = text(office.get(f"{LIST}?scheme=mengzi"))
    assert page.count('class="row row--paper"') == 1
    assert [chip.count for chip in found.chips] == [5, 4, 0, 1]
    off_list = Recognition.objects.get(cooperative=elsewhere)
    assert "is not on the list of this scheme today" in text(office.get(f"{LIST}{off_list.pk}/"))


def test_empty_lists_and_odd_addresses_say_so(office, maker):
    assert "Nothing is entered yet" in text(office.get(LIST))
    assert "None here" in text(office.get(f"{LIST}?scheme=832"))
    assert "Nothing is entered yet" not in text(office.get(f"{LIST}?scheme=none"))
    assert office.get(f"{LIST}?page=99")["Location"] == LIST
    for address in ("999/", "999/file/", "new/nobody/"):
        assert office.get(f"{LIST}{address}").status_code == 404
    assert "beipo/" in text(office.get(f"{LIST}new/"))


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_any_length(
    office, maker, count, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(listing, "PAGE_SIZE", 48)
    for _ in range(count):
        recognised(scheme_of("832"), CooperativeFactory(), ProductFactory(cooperative=maker))
    office.get(LIST)
    with django_assert_max_num_queries(7):
        assert text(office.get(LIST)).count("row--paper") == count


@pytest.mark.parametrize("count", [1, 12])
def test_a_cooperative_reads_its_own_beside_its_papers(
    clerk, maker, count, django_assert_max_num_queries
):
    for number in range(count):
        good = ProductFactory(cooperative=maker)
        recognised(scheme_of("832"), maker, good, number=f"OURS-{number}")
    theirs = recognised(scheme_of("mengzi"), CooperativeFactory(), number="THEIRS")
    address = "/en/dashboard/c/beipo/papers/"
    clerk.get(address)
    with django_assert_max_num_queries(8):
        page = text(clerk.get(address))
    assert (page.count("OURS-"), "THEIRS" in page) == (count, False)
    own = Recognition.objects.filter(cooperative=maker).first()
    own_file = f"/en/dashboard/c/beipo/recognitions/{own.pk}/"
    assert own_file in page
    assert clerk.get(own_file)["Content-Type"] == "image/jpeg"
    assert clerk.get(f"/en/dashboard/c/beipo/recognitions/{theirs.pk}/").status_code == 404
