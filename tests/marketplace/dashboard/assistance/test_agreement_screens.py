"""The county's agreements on screen: made, completed by filters and by pasting, printed, ended."""

from datetime import date

import pytest

from catalog.assistance.models import Agreement, Mode
from catalog.households.models import Category
from marketplace.dashboard.assistance import fields
from tests.factories import CooperativeFactory
from tests.factories.assistance import (
    agreement_of,
    erased,
    mode_of,
    record_of,
)
from tests.factories.files import PDF, SVG, named_photo, pdf, photo
from tests.factories.goods import HALE, HONGHE, QINGSHUIHE, specialty
from tests.factories.households import left, make_household
from tests.marketplace.dashboard.assistance.screens import (
    AGREEMENTS,
    COUNT,
    ROW,
    everything,
    text,
)

pytestmark = pytest.mark.django_db


def secrets_of(*households) -> list[str]:
    """What no page here may show."""
    return [getattr(one, name).open() for one in households for name in one.SEALED]


def signed(maker, **changes) -> dict[str, object]:
    values = {
        "cooperative": maker.pk,
        "mode": mode_of().pk,
        "specialty": specialty().pk,
        "begins_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "terms": "保底收购",
        "codes": "",
    }
    return {**values, **changes}


def test_an_agreement_is_written_down_with_its_list_and_its_pages(county, maker):
    homes = [make_household() for _ in range(3)]
    codes = f"{homes[1].code}\r\n{homes[0].code}，{homes[2].code.lower()}"
    answer = county.post(f"{AGREEMENTS}new/", signed(maker, codes=codes, files=[photo(), pdf()]))
    agreement = Agreement.objects.get()
    assert answer["Location"] == f"{AGREEMENTS}{agreement.number}/"
    words = text(county, answer["Location"])
    shown = [words.index(homes[number].code) for number in (1, 0, 2)]
    assert shown == sorted(shown)
    assert not any(mark in words for mark in secrets_of(*homes))
    for page in agreement.files.all():
        handed = county.get(f"{AGREEMENTS}{agreement.number}/pages/{page.pk}/")
        assert handed.status_code == 200
    assert text(county, f"{AGREEMENTS}{agreement.number}/print/").count("<tr>") == 4


def test_without_pseudonyms_the_next_page_is_where_households_are_chosen(county, maker):
    answer = county.post(f"{AGREEMENTS}new/", signed(maker, specialty=""))
    agreement = Agreement.objects.get()
    assert answer["Location"] == f"{AGREEMENTS}{agreement.number}/households/"
    assert agreement.specialty is None
    assert "Nobody is on the list yet" in text(county, f"{AGREEMENTS}{agreement.number}/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2025-12-31"}, "It cannot end before it begins."),
        ({"ends_on": "gestern"}, "Enter a valid date."),
        ({"codes": "HNOBODY"}, "HNOBODY: no household has this pseudonym."),
        ({"mode": "999999"}, "not one of the available choices"),
        ({"files": [named_photo(SVG)]}, "This is no picture and no PDF."),
        ({"files": [named_photo(bytes(50 * 1024**2))]}, "This file has 50 MB."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(county, maker, changes, words):
    before, files = everything(), changes.get("files", [])
    for file in files:
        file.seek(0)
    answer = county.post(f"{AGREEMENTS}new/", signed(maker, terms="留下的字", **changes))
    content = answer.content.decode()
    assert (answer.status_code, words in content, "留下的字" in content) == (200, True, True)
    assert everything() == before


def test_a_closed_kind_of_benefit_stays_where_it_is_and_cannot_be_chosen(county, maker):
    agreement = agreement_of(maker)
    Mode.objects.filter(pk=agreement.mode_id).update(is_open=False)
    before = everything()
    answer = county.post(f"{AGREEMENTS}new/", signed(maker))
    assert "not one of the available choices" in answer.content.decode()
    assert everything() == before
    assert "Contract purchase" in text(county, f"{AGREEMENTS}{agreement.number}/")


def test_a_cooperative_of_another_county_cannot_be_chosen(county):
    other = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    before = everything()
    answer = county.post(f"{AGREEMENTS}new/", signed(other))
    assert "not one of the available choices" in answer.content.decode()
    assert everything() == before


def test_households_are_chosen_by_filters_and_ticks_without_seeing_who_they_are(county, maker):
    agreement = agreement_of(maker, households=0)
    page = f"{AGREEMENTS}{agreement.number}/households/"
    one, other = Category.objects.order_by("pk").values_list("code", flat=True)[:2]
    near = make_household(township=HALE, category=one)
    others = [make_household(township=HALE, category=other), make_household(category=one)]
    hidden = [
        left(make_household(township=HALE, category=one), date(2026, 6, 1)),
        make_household(QINGSHUIHE),
        erased(make_household()),
    ]
    words = text(county, page)
    assert [home.code in words for home in [near, *others]] == [True] * 3
    assert not any(home.code in words for home in hidden)
    assert not any(mark in words for mark in secrets_of(near, *others))
    words = text(county, page, township=HALE, category=one)
    assert [home.code in words for home in [near, *others]] == [True, False, False]
    county.post(page, {"household": [near.code], "codes": others[1].code})
    assert [one.household.code for one in agreement.members.order_by("position")] == [
        near.code,
        others[1].code,
    ]
    assert near.code not in text(county, page)


def test_all_that_a_filter_finds_come_at_once_however_many_pages_they_fill(county, maker):
    agreement = agreement_of(maker, households=0)
    page = f"{AGREEMENTS}{agreement.number}/households/"
    for _ in range(50):
        make_household(township=HALE)
    left = make_household()
    county.post(f"{page}?township={HALE}", {"all": "1"})
    assert agreement.members.count() == 50
    assert not agreement.members.filter(household=left).exists()


def test_what_was_pasted_and_ticked_is_kept_when_a_pseudonym_is_wrong(county, maker):
    agreement, home = agreement_of(maker, households=0), make_household()
    before = everything()
    page = f"{AGREEMENTS}{agreement.number}/households/"
    answer = county.post(page, {"household": [home.code], "codes": "HWRONG"})
    content = answer.content.decode()
    assert "HWRONG: no household has this pseudonym." in content
    assert f'value="{home.code}" checked' in content
    assert everything() == before


def test_a_household_that_a_record_names_cannot_be_taken_off(county, maker):
    agreement = agreement_of(maker, households=2)
    record_of(agreement, positions=[1])
    here = f"{AGREEMENTS}{agreement.number}/"
    assert text(county, here).count("/remove/") == 1
    answer = county.post(f"{here}households/1/remove/", follow=True)
    assert "it stays on the list" in answer.content.decode()
    county.post(f"{here}households/2/remove/")
    assert list(agreement.members.values_list("position", flat=True)) == [1]


def test_it_ends_earlier_and_not_later(county, maker):
    agreement = agreement_of(maker)
    page = f"{AGREEMENTS}{agreement.number}/end/"
    answer = county.post(page, {"ends_on": "2027-12-31"})
    assert "Choose a day from" in answer.content.decode()
    assert county.post(page, {"ends_on": "2026-11-30"}).status_code == 302
    agreement.refresh_from_db()
    assert str(agreement.ends_on) == "2026-11-30"


def test_pages_are_added_later(county, maker):
    agreement = agreement_of(maker)
    page = f"{AGREEMENTS}{agreement.number}/pages/"
    assert "Choose a photo or a PDF." in county.post(page, {}).content.decode()
    county.post(page, {"files": [photo(), photo()]})
    assert agreement.files.count() == 2


def test_more_pages_than_memory_should_hold_are_refused_beside_them(county, maker, monkeypatch):
    monkeypatch.setattr(fields, "MOST_TOGETHER", 1024**2)
    agreement = agreement_of(maker)
    pages = [pdf(PDF + b" " * 600_000 + PDF) for _ in range(2)]
    page = county.post(f"{AGREEMENTS}{agreement.number}/pages/", {"files": pages})
    assert "Together these files are too large: 1 MB at once." in page.content.decode()
    assert not agreement.files.exists()


def test_agreements_stand_by_whether_they_are_in_force(county, maker):
    now = agreement_of(maker)
    ended = agreement_of(maker, begins_on="2025-01-01", ends_on="2025-12-31")
    later = agreement_of(maker, begins_on="2027-01-01", ends_on="2027-12-31")
    words = text(county, AGREEMENTS)
    assert ROW.findall(words) == [later.number, now.number, ended.number]
    assert dict(COUNT.findall(words)) == {"": "3", "now": "1", "later": "1", "ended": "1"}
    assert ROW.findall(text(county, AGREEMENTS, state="ended")) == [ended.number]
    assert "None of these" not in text(county, AGREEMENTS, state="nonsense")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(county, django_assert_num_queries, count):
    for _ in range(count):
        agreement_of()
    with django_assert_num_queries(4):
        assert len(ROW.findall(text(county, AGREEMENTS))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_list(county, maker, django_assert_num_queries, count):
    agreement = agreement_of(maker, households=count)
    with django_assert_num_queries(5):
        assert text(county, f"{AGREEMENTS}{agreement.number}/").count("benefit-list__one") == count
