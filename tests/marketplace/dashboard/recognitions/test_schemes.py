"""Schemes in the office: their words, and counties that come onto a list and leave it."""

import pytest

from catalog.assistance.models import Scheme, SchemeCounty
from marketplace.dashboard.models import Change
from tests.factories.goods import QINGSHUIHE, WUCHUAN
from tests.factories.recognitions import recognised, scheme_of

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/recognitions/schemes/"
BOUND = f"{LIST}832/"
WORDS = {"name": "绿色示范", "name_en": "Green model", "label": "示范", "label_en": "Model"}


def state() -> tuple:
    return (
        list(Scheme.objects.order_by("pk").values()),
        list(SchemeCounty.objects.order_by("pk").values()),
        Change.objects.count(),
    )


def errors_of(response) -> dict:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_says_for_whom_each_is_and_how_many_have_it(office, maker):
    recognised(scheme_of("832"), maker)
    page = text(office.get(LIST))
    assert page.count("row--paper") == Scheme.objects.count()
    for words in ("Listed on 832", "Only for certain counties", "For every county"):
        assert words in page
    assert "1 recognition<" in page


def test_a_new_scheme_is_data(office, operator):
    typed = {**WORDS, "code": "model", "is_bound_to_counties": "on"}
    new = "/en/dashboard/recognitions/new-scheme/"
    assert office.post(new, typed)["Location"] == f"{LIST}model/"
    scheme = scheme_of("model")
    assert (scheme.name, scheme.label_en, scheme.is_bound_to_counties) == (
        "绿色示范",
        "Model",
        True,
    )
    assert Change.objects.get().by == operator
    assert "No county is listed" in text(office.get(f"{LIST}model/"))
    for changes, field in [
        ({}, "code"),
        ({"code": "a b"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "x", "label": ""}, "label"),
        ({"code": "x", "name": "长" * 61}, "name"),
    ]:
        before = state()
        assert list(errors_of(office.post(new, typed | changes))) == [field]
        assert state() == before


def test_new_words_are_kept_with_the_old_ones(office):
    assert office.post(BOUND, WORDS)["Location"] == BOUND
    assert scheme_of("832").label == "示范"
    assert "Words of the badge: 832平台在册 → 示范" in text(office.get(BOUND))
    before = state()
    assert list(errors_of(office.post(BOUND, WORDS | {"label": "长" * 21}))) == ["label"]
    assert state() == before
    office.post(BOUND, WORDS)
    assert state() == before


def test_a_county_comes_onto_the_list(office):
    typed = {"county": QINGSHUIHE, "begins_on": "2026-12-01", "ends_on": ""}
    assert office.post(f"{BOUND}county/", typed)["Location"] == BOUND
    page = text(office.get(BOUND))
    assert "since 1 December 2026" in page
    assert "County: — → 清水河县 2026-12-01 –" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"county": WUCHUAN}, "begins_on"),
        ({"county": "110108"}, "county"),
        ({"county": ""}, "county"),
        ({"begins_on": ""}, "begins_on"),
        ({"begins_on": "1990-01-01"}, "begins_on"),
        ({"ends_on": "2026-11-30"}, "ends_on"),
    ],
)
def test_a_county_that_cannot_be_listed_is_refused_in_words(office, changes, field):
    typed = {"county": QINGSHUIHE, "begins_on": "2026-12-01", "ends_on": ""}
    before = state()
    assert list(errors_of(office.post(f"{BOUND}county/", typed | changes))) == [field]
    assert state() == before


def test_a_county_leaves_the_list_and_who_did_it_is_kept(office, operator):
    row = scheme_of("832").counties.get()
    page = f"{BOUND}county/{row.pk}/"
    for ends_on in ("2019-12-31", "", "never", "2020-01-00"):
        before = state()
        assert list(errors_of(office.post(page, {"ends_on": ends_on}))) == ["ends_on"]
        assert state() == before
    assert office.post(page, {"ends_on": "2026-11-30"})["Location"] == BOUND
    assert "1 January 2020 to 30 November 2026" in text(office.get(BOUND))
    assert Change.objects.get().by == operator


def test_what_is_not_there_is_not_found(office):
    row = scheme_of("832").counties.get()
    for address in (
        f"{LIST}none/",
        f"{LIST}none/county/",
        f"{LIST}mengzi/county/",
        f"{LIST}mengzi/county/{row.pk}/",
        f"{BOUND}county/0/",
    ):
        assert office.get(address).status_code == 404
        assert office.post(address, {"ends_on": "2026-11-30"}).status_code == 404
