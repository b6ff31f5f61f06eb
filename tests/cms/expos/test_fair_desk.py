"""The desk of a fair: its next steps, its applications, its booths."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission

from marketplace.accounts.models import User
from marketplace.fairs.models import Allotment, Booth, CountyQuota, Question, Reviewer
from tests.factories import CooperativeFactory
from tests.factories.fairs import (
    LATER,
    AllotmentFactory,
    BoothFactory,
    ExhibitorFactory,
    FairFactory,
    ZoneFactory,
)
from tests.factories.goods import WUCHUAN
from tests.marketplace.fairs.conftest import applicant_of, seller_of

pytestmark = pytest.mark.django_db
ENTER = ("access_admin",)
ARRANGE = (*ENTER, "add_fair", "change_fair", "view_fair")
MARKS = {"households": 5, "recognition": 4, "stock": 3, "complaints": 2}


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(LATER, tick=False):
        yield


def allowed(name, *codenames):
    user = User.objects.create_user(f"{name}@example.com", last_name=name)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def fair(db):
    return FairFactory()


@pytest.fixture
def organiser(client, db):
    user = allowed("organiser", *ARRANGE)
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(fair):
    user = allowed("reviewer", *ENTER)
    Reviewer.objects.create(fair=fair, user=user)
    return user


def desk(fair, more=""):
    return f"/cms/fair/{fair.pk}/{more}"


def application(exhibitor):
    return desk(exhibitor.fair, f"applications/{exhibitor.pk}/")


def post(client, address, **data):
    return client.post(address, data, follow=True)


def shown(response):
    return response.content.decode()


def test_the_list_of_fairs_leads_to_the_desk_with_numbers(client, organiser, fair):
    ExhibitorFactory(fair=fair, state="applied")
    html = shown(client.get("/cms/fairs/"))
    assert desk(fair) in html
    html = shown(client.get(desk(fair)))
    assert "收到 1 份" in html or "1 handed in, 1 to be judged" in html
    assert desk(fair, "applications/") in html
    assert desk(fair, "booths/") in html


def test_the_organiser_takes_the_next_step(client, organiser, fair):
    answer = post(client, desk(fair), to="planned")
    fair.refresh_from_db()
    assert (fair.state, fair.call_closes_at) == ("planned", LATER)
    assert fair.steps.get().by == organiser
    assert organiser.last_name in shown(answer)


@pytest.mark.parametrize("to", ["running", "reported", "x", ""])
def test_a_step_that_is_not_there_is_refused_in_words(client, organiser, fair, to):
    answer = post(client, desk(fair), to=to)
    assert answer.status_code == 200
    assert "w-message" in shown(answer) or "messages" in shown(answer)
    fair.refresh_from_db()
    assert fair.state == "call"
    assert not fair.steps.exists()


def test_a_button_that_would_be_refused_says_why(client, organiser):
    fair = FairFactory(expected_visitors=5000)
    html = shown(client.get(desk(fair)))
    assert 'value="planned" class="button" disabled' in html
    assert "1000" in html


def test_an_application_is_accepted_reserved_declined_and_taken_up_again(client, organiser, fair):
    exhibitor = applicant_of(fair)
    address = application(exhibitor)
    for do, state in [("reserve", "reserve"), ("accept", "accepted")]:
        post(client, address, do=do)
        exhibitor.refresh_from_db()
        assert exhibitor.state == state
    post(client, address, do="decline", reason="货量不够")
    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.reason) == ("declined", "货量不够")
    assert "货量不够" in shown(client.get(address))
    post(client, address, do="reinstate")
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"
    assert {step.by for step in exhibitor.steps.all()} == {organiser}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_is_declined(client, organiser, fair, reason):
    exhibitor = applicant_of(fair)
    answer = client.post(application(exhibitor), {"do": "decline", "reason": reason})
    assert answer.status_code == 422
    assert list(answer.context["decline_form"].errors) == ["reason"]
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"


def test_past_the_quota_the_reserve_list_is_named(client, organiser, fair):
    CountyQuota.objects.create(fair=fair, county_id=WUCHUAN, places=1)
    ExhibitorFactory(fair=fair)
    exhibitor = applicant_of(fair)
    answer = post(client, application(exhibitor), do="accept")
    assert "武川" in shown(answer)
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"


def test_whoever_leaves_makes_place_for_the_next_of_the_reserve_list(client, organiser, fair):
    CountyQuota.objects.create(fair=fair, county_id=WUCHUAN, places=1)
    leaving = ExhibitorFactory(fair=fair)
    waiting = ExhibitorFactory(fair=fair, state="reserve")
    address = desk(fair, "applications/")
    assert [fill.following for fill in client.get(address).context["fills"]] == [None]
    leaving.state = "withdrawn"
    leaving.save()
    assert [fill.following for fill in client.get(address).context["fills"]] == [waiting]


def test_the_page_of_an_application_tells_what_there_is_to_judge(client, organiser, fair):
    Question.objects.create(fair=fair, key="cold", text="要冷柜吗？", kind="yes_no")
    exhibitor = applicant_of(fair)
    exhibitor.answers = {"cold": "yes"}
    exhibitor.save()
    exhibitor.cooperative.papers.filter(kind="food_production_licence").delete()
    html = shown(client.get(application(exhibitor)))
    assert exhibitor.goods.get().product.title in html
    assert "要冷柜吗？" in html
    assert "help-warning" in html


def test_applications_are_found_by_state_and_county(client, organiser, fair):
    ours = ExhibitorFactory(fair=fair, state="applied")
    far = CooperativeFactory(county_id="150124", township_id="150124101")
    theirs = ExhibitorFactory(fair=fair, cooperative=far)
    ExhibitorFactory(fair=fair, state="draft", applied_at=None)

    def found(query=""):
        rows = client.get(f"{desk(fair, 'applications/')}{query}").context["rows"]
        return {row for row, _is_mine in rows}

    assert found() == {ours, theirs}
    assert found("?state=applied") == {ours}
    assert found("?county=150124") == {theirs}
    assert found("?county=150124&state=applied") == set()
    assert found("?state=draft") == found("?county=x") == {ours, theirs}


def test_a_reviewer_scores_the_fair_that_names_them_and_decides_nothing(client, fair, reviewer):
    exhibitor, foreign = applicant_of(fair), applicant_of(FairFactory())
    client.force_login(reviewer)
    assert fair.name in shown(client.get("/cms/fair/reviews/"))
    assert client.get(desk(fair, "applications/")).status_code == 200
    post(client, application(exhibitor), do="score", note="稳", **MARKS)
    review = exhibitor.reviews.get()
    assert (review.reviewer, review.total, review.note) == (reviewer, 14, "稳")
    for do in ("accept", "reserve", "decline", "reinstate"):
        client.post(application(exhibitor), {"do": do, "reason": "x"})
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"
    for address in (application(foreign), desk(foreign.fair, "applications/")):
        assert client.get(address).status_code == 404
    for address in (desk(fair), desk(fair, "booths/"), "/cms/fairs/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"stock": 6}, {"stock": -1}, {"stock": ""}, {"stock": "x"}, {"note": "x" * 301}]
)
def test_wrong_marks_are_said_beside_the_field_and_kept_as_typed(client, fair, reviewer, wrong):
    exhibitor = applicant_of(fair)
    client.force_login(reviewer)
    typed = {"do": "score", "note": "", **MARKS, **wrong}
    answer = client.post(application(exhibitor), typed)
    assert answer.status_code == 422
    assert list(answer.context["score_form"].errors) == list(wrong)
    assert not exhibitor.reviews.exists()


def test_an_organiser_who_is_not_named_gives_no_marks(client, organiser, fair):
    exhibitor = applicant_of(fair)
    post(client, application(exhibitor), do="score", note="", **MARKS)
    assert not exhibitor.reviews.exists()


@pytest.mark.parametrize("more", ["", "applications/", "booths/"])
def test_whoever_may_not_change_fairs_is_turned_away(client, fair, more):
    client.force_login(allowed("editor", *ENTER))
    assert client.get(desk(fair, more)).status_code == 302
    assert client.post(desk(fair, more), {"to": "planned"}).status_code == 302
    fair.refresh_from_db()
    assert fair.state == "call"
    assert client.get("/cms/fair/reviews/").status_code == 302


def test_booths_are_made_in_a_row(client, organiser, fair):
    zone = ZoneFactory(fair=fair, code="A")
    typed = {"zone": zone.pk, "first": 1, "count": 8, "size": "9"}
    post(client, desk(fair, "booths/"), **typed)
    numbers = Booth.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"A0{number}" for number in range(1, 9)]
    answer = client.post(desk(fair, "booths/"), typed)
    assert (answer.status_code, list(answer.context["make_form"].errors)) == (422, ["first"])
    assert Booth.objects.count() == 8


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "foreign"},
        {"first": "0"},
        {"first": "x"},
        {"count": "101"},
        {"count": ""},
        {"size": "0"},
        {"size": "9.55"},
        {"size": "1e9"},
    ],
)
def test_wrong_booths_are_said_beside_the_field(client, organiser, fair, wrong):
    zones = {"zone": ZoneFactory(fair=fair, code="A").pk, "foreign": ZoneFactory().pk}
    typed = {"zone": zones["zone"], "first": 1, "count": 8, "size": "9", **wrong}
    typed["zone"] = zones.get(typed["zone"], typed["zone"])
    answer = client.post(desk(fair, "booths/"), typed)
    assert (answer.status_code, list(answer.context["make_form"].errors)) == (422, list(wrong))
    assert not Booth.objects.exists()


def test_a_booth_is_held_for_an_exhibitor_and_taken_back(client, organiser, fair):
    booth = BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A01")
    exhibitor, address = ExhibitorFactory(fair=fair), desk(fair, f"booths/{booth.pk}/")
    post(client, address, do="allot", exhibitor=exhibitor.pk, days=5)
    place = Allotment.objects.get()
    facts = (place.booth, place.exhibitor, place.held_until, place.made_by)
    assert facts == (booth, exhibitor, LATER + timedelta(days=5), organiser)
    assert exhibitor.cooperative.short_name in shown(client.get(desk(fair, "booths/")))
    refused = client.post(address, {"do": "release", "reason": ""})
    assert (refused.status_code, list(refused.context["release_form"].errors)) == (422, ["reason"])
    post(client, address, do="release", reason="改图了")
    place.refresh_from_db()
    assert (place.released_at, place.reason) == (LATER, "改图了")


def test_an_overlapping_allotment_is_refused_in_words(client, organiser, fair):
    zone = ZoneFactory(fair=fair, code="A")
    taken = AllotmentFactory(
        exhibitor=ExhibitorFactory(fair=fair), booth=BoothFactory(zone=zone, number="A01")
    )
    other = ExhibitorFactory(fair=fair)
    typed = {"do": "allot", "exhibitor": other.pk, "days": 3}
    answer = client.post(desk(fair, f"booths/{taken.booth_id}/"), typed)
    assert answer.status_code == 422
    assert taken.exhibitor.cooperative.short_name in str(answer.context["allot_form"].errors)
    free = BoothFactory(zone=zone, number="A02")
    typed["exhibitor"] = taken.exhibitor_id
    answer = client.post(desk(fair, f"booths/{free.pk}/"), typed)
    assert "A01" in str(answer.context["allot_form"].errors)
    assert Allotment.objects.get() == taken


def test_a_booth_is_changed_and_removed_while_nobody_had_it(client, organiser, fair):
    booth = BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A01")
    address = desk(fair, f"booths/{booth.pk}/")
    wrong = client.post(address, {"do": "change", "number": "B01", "size": "9"})
    assert list(wrong.context["change_form"].errors) == ["number"]
    post(client, address, do="change", number="A09", size="12.5")
    booth.refresh_from_db()
    assert (booth.number, str(booth.size)) == ("A09", "12.5")
    post(client, address, do="remove")
    assert not Booth.objects.exists()


@pytest.mark.parametrize("do", ["change", "remove", "x"])
def test_a_booth_that_somebody_has_stays_as_it_is(client, organiser, fair, do):
    place = AllotmentFactory(exhibitor=ExhibitorFactory(fair=fair))
    booth = place.booth
    typed = {"do": do, "number": f"{booth.zone.code}99", "size": "9"}
    assert client.post(desk(fair, f"booths/{booth.pk}/"), typed).status_code in (302, 422)
    assert Booth.objects.get() == booth
    assert Booth.objects.get().number == booth.number


def test_what_belongs_to_another_fair_is_not_found(client, organiser, fair):
    foreign = AllotmentFactory()
    drafted = ExhibitorFactory(fair=fair, state="draft", applied_at=None)
    wrong = [
        f"applications/{foreign.exhibitor_id}/",
        f"applications/{drafted.pk}/",
        f"booths/{foreign.booth_id}/",
    ]
    for more in wrong:
        assert client.get(desk(fair, more)).status_code == 404
    assert client.get("/cms/fair/999999/").status_code == 404


def test_nobody_accepts_the_cooperative_that_they_act_for(client, fair):
    exhibitor = applicant_of(fair)
    seller = seller_of(exhibitor.cooperative)
    seller.user_permissions.set(Permission.objects.filter(codename__in=ARRANGE))
    client.force_login(seller)
    post(client, application(exhibitor), do="accept")
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"


@pytest.mark.parametrize("count", [1, 4])
def test_the_lists_cost_the_same_for_any_length(
    client, organiser, fair, count, django_assert_max_num_queries
):
    zone = ZoneFactory(fair=fair, code="A")
    for number in range(count):
        exhibitor = applicant_of(fair)
        booth = BoothFactory(zone=zone, number=f"A0{number + 1}")
        AllotmentFactory(exhibitor=exhibitor, booth=booth)
    client.get(desk(fair))
    for more in ("applications/", "booths/"):
        with django_assert_max_num_queries(24):
            assert client.get(desk(fair, more)).status_code == 200
