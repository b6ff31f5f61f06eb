"""Admission on screen: applied for on a phone, recommended, audited, opened, refused in words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.producers.models import (
    AdmissionCounty,
    Application,
    Cooperative,
    Recommendation,
)
from tests.factories.admission import (
    application_of,
    draft_of,
    noticed,
    objection_to,
    official,
    over,
    recommended,
    typed,
)
from tests.factories.files import SVG, named_photo, photo
from tests.marketplace.dashboard.admission.screens import (
    APPLY,
    COUNT,
    COUNTY,
    LIST,
    ROW,
    kept_files,
    page,
    text,
)

pytestmark = pytest.mark.django_db


def test_whoever_signed_in_is_shown_the_way_and_begins(phone):
    assert "The county recommends" in text(phone, APPLY)
    response = phone.post(f"{APPLY}new/", typed(name="石门沟", summary="", contact_mobile="1 3 8"))
    application = Application.objects.get()
    assert response["Location"] == page(application)
    assert (application.name, application.contact_mobile) == ("石门沟", "138")
    words = text(phone, page(application))
    assert "Waits for you: hand it in" in words
    assert "A valid business licence is missing" in words
    assert phone.get("/en/dashboard/")["Location"] == APPLY


def test_the_whole_way_over_the_screens(phone, county, office_of):
    phone.post(f"{APPLY}new/", typed(kind="individual", credit_code="", name="李岚（虚构）"))
    application = Application.objects.get()
    assert phone.post(f"{page(application)}submit/")["Location"] == page(application)
    assert "Waits for Wuchuan County" in text(phone, page(application))
    asked = f"{COUNTY}{application.pk}/"
    assert ROW.findall(text(county, COUNTY)) == [str(application.pk)]
    county.post(f"{asked}recommend/", {"signed_on": "2026-11-20", "sheet": photo()})
    assert Recommendation.objects.get().by.email == "wuchuan@example.com"
    assert "Waits for Yinshan Market: to check" in text(phone, page(application))
    office_of.post(f"{LIST}{application.pk}/notice/", {"reason": ""})
    assert "anybody may object until" in text(phone, page(application))
    Application.objects.update(notice_from="2026-11-01", notice_until="2026-11-22")
    assert ROW.findall(text(office_of, LIST)) == [str(application.pk)]
    office_of.post(f"{LIST}{application.pk}/open/")
    cooperative = Cooperative.objects.get()
    assert phone.get("/en/dashboard/")["Location"] == f"/en/dashboard/c/{cooperative.slug}/"
    public = text(Client(), f"/en/cooperatives/{cooperative.slug}/")
    assert "Individual grower" in public
    assert f"/en/dashboard/c/{cooperative.slug}/" in text(phone, page(application))


def test_who_is_returned_reads_why_and_hands_in_again(phone, county, grower):
    application = application_of(grower)
    asked = f"{COUNTY}{application.pk}/"
    assert list(county.post(f"{asked}return/", {}).context["form"].errors) == ["reason"]
    county.post(f"{asked}return/", {"reason": "执照看不清，请重拍"})
    words = text(phone, page(application))
    assert "执照看不清，请重拍" in words
    assert "Everything is here" in words
    phone.post(f"{page(application)}submit/")
    application.refresh_from_db()
    assert application.state == "submitted"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"signed_on": "2026-11-24", "sheet": "photo"}, "signed_on"),
        ({"signed_on": "", "sheet": "photo"}, "signed_on"),
        ({"signed_on": "2026-11-20", "sheet": ""}, "sheet"),
        ({"signed_on": "2026-11-20", "sheet": "svg"}, "sheet"),
    ],
)
def test_no_recommendation_without_day_and_stamped_sheet(county, grower, given, field):
    application = application_of(grower)
    files = {"photo": photo(), "svg": named_photo(SVG), "": ""}
    before = kept_files()
    sent = {**given, "sheet": files[given["sheet"]]}
    response = county.post(f"{COUNTY}{application.pk}/recommend/", sent)
    assert list(response.context["form"].errors) == [field]
    application.refresh_from_db()
    assert (application.state, Recommendation.objects.count()) == ("submitted", 0)
    assert kept_files() == before


def test_who_decides_too_late_is_told_where_it_stands(office, county, grower):
    application = recommended(application_of(grower))
    asked = f"{LIST}{application.pk}/"
    office.post(f"{asked}reject/", {"reason": "不在名录"})
    late = office.post(f"{asked}notice/", {"reason": ""}, follow=True).content.decode()
    assert "Meanwhile it stands at “Declined”" in late
    assert office.get(f"{asked}notice/")["Location"] == asked
    assert office.get(f"{asked}nonsense/").status_code == 404
    application.refresh_from_db()
    assert (application.state, application.steps.count()) == ("rejected", 4)


def test_opening_too_early_is_refused_in_words(office, grower):
    application = noticed(application_of(grower))
    path = f"{LIST}{application.pk}/open/"
    assert path not in text(office, f"{LIST}{application.pk}/")
    said = office.post(path, follow=True).content.decode()
    assert "The public notice runs until" in said
    assert not Cooperative.objects.exists()


def test_a_draft_is_nobody_elses_business(office, county, grower):
    draft = draft_of(grower)
    assert office.get(f"{LIST}{draft.pk}/").status_code == 404
    assert county.get(f"{COUNTY}{draft.pk}/").status_code == 404


def test_the_operator_answers_an_objection_once(office, grower):
    application = noticed(application_of(grower))
    objection = objection_to(application)
    assert "wang@example.com" in text(office, f"{LIST}{application.pk}/")
    path = f"{LIST}objections/{objection.pk}/"
    assert list(office.post(path, {"answer": ""}).context["form"].errors) == ["answer"]
    office.post(path, {"answer": "看过地契"})
    again = office.post(path, {"answer": "另说"}, follow=True).content.decode()
    assert "Somebody has answered meanwhile" in again
    objection.refresh_from_db()
    assert objection.answer == "看过地契"
    assert office.get(path).status_code == 302


def test_the_applicant_reads_objections_without_who_said_them(phone, grower):
    application = noticed(application_of(grower))
    objection_to(application)
    words = text(phone, page(application))
    assert "地不是他家的" in words
    assert "wang@example.com" not in words


def test_what_waits_for_the_operator_stands_first_the_oldest_on_top(office):
    old, young, ended, running = (
        bring(application_of(official(name)))
        for name, bring in (
            ("old", recommended),
            ("young", recommended),
            ("over", over),
            ("running", noticed),
        )
    )
    application_of(official("county"))
    week = timezone.now() - timedelta(days=30)
    Application.objects.filter(pk=old.pk).update(since=week)
    words = text(office, LIST)
    assert ROW.findall(words) == [str(row.pk) for row in (old, ended, young)]
    assert dict(COUNT.findall(words)) == {
        "": "3",
        "county": "1",
        "notice": "2",
        "returned": "0",
        "open": "0",
        "ended": "0",
    }
    assert str(running.pk) in ROW.findall(text(office, LIST, group="notice"))
    assert "Applications to decide" in text(office, "/en/dashboard/")


@pytest.mark.parametrize("params", [{"page": "7"}, {"page": "abc"}])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, params):
    assert office.get(LIST, params)["Location"] == LIST


def test_an_unknown_group_shows_what_waits(office):
    assert "Nothing waits for you" in text(office, LIST, group="x" * 500)


@pytest.mark.parametrize("count", [1, 12])
def test_every_list_costs_the_same_for_any_length(
    office, county, count, django_assert_max_num_queries
):
    for number in range(count):
        application_of(official(f"s{number}"))
        objection_to(recommended(application_of(official(f"r{number}"))))
    for client, path in ((office, LIST), (county, COUNTY), (office, f"{LIST}counties/")):
        client.get(path)
        with django_assert_max_num_queries(13):
            words = text(client, path)
        if "counties" not in path:
            assert len(ROW.findall(words)) == count


@pytest.mark.parametrize("count", [1, 6])
def test_the_applicants_list_costs_the_same_for_any_length(
    phone, grower, count, django_assert_max_num_queries
):
    for _ in range(count):
        application_of(grower)
    phone.get(APPLY)
    with django_assert_max_num_queries(8):
        assert len(ROW.findall(text(phone, APPLY))) == count


COUNTIES = f"{LIST}counties/"


def test_counties_are_data_with_days(office_of, phone):
    row = AdmissionCounty.objects.get(region="150125")
    days = {"region": "150125", "begins_on": "2026-01-01", "ends_on": "2026-11-22"}
    office_of.post(f"{COUNTIES}{row.pk}/", {**days, "notice_days": "10"})
    row.refresh_from_db()
    assert (str(row.ends_on), row.notice_days) == ("2026-11-22", 10)
    assert "Wuchuan County" not in text(phone, f"{APPLY}new/")
    days |= {"begins_on": "2026-11-23", "ends_on": ""}
    assert office_of.post(f"{COUNTIES}new/", {**days, "notice_days": "5"})["Location"] == COUNTIES
    assert "Wuchuan County" in text(phone, f"{APPLY}new/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"begins_on": "2026-06-01"}, "begins_on"),
        ({"region": "110108"}, "region"),
        ({"notice_days": "0"}, "notice_days"),
        ({"notice_days": "61"}, "notice_days"),
        ({"ends_on": "2025-01-01", "begins_on": "2025-02-01"}, "ends_on"),
    ],
)
def test_a_county_that_does_not_fit_is_refused_and_nothing_changes(office, changes, field):
    before = list(AdmissionCounty.objects.values())
    days = {"region": "150125", "begins_on": "2025-01-01", "ends_on": "", "notice_days": "7"}
    response = office.post(f"{COUNTIES}new/", days | changes)
    assert list(response.context["form"].errors) == [field]
    assert list(AdmissionCounty.objects.values()) == before
