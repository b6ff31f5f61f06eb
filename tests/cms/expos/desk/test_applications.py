"""Applications: found, judged, decided."""

import pytest
from django.contrib.auth.models import Permission

from catalog.producers.models import Membership
from marketplace.fairs.models import CountyQuota, Question
from tests.cms.expos.desk.conftest import ARRANGE, application, desk, post, shown
from tests.factories import CooperativeFactory
from tests.factories.fairs import LATER, ExhibitorFactory, FairFactory
from tests.factories.goods import WUCHUAN
from tests.marketplace.dashboard.conftest import BEGINNING
from tests.marketplace.fairs.conftest import applicant_of, seller_of

pytestmark = pytest.mark.django_db
MARKS = {"households": 5, "recognition": 4, "stock": 3, "complaints": 2}


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
    exhibitor.cooperative.papers.clear()
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
        return {row for row, _is_mine, _is_own in rows}

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


def rows_of(client, fair):
    return client.get(desk(fair, "applications/")).context["rows"]


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


def test_a_reviewer_sees_no_marks_of_the_cooperative_that_they_act_for(client, fair, reviewer):
    exhibitor = applicant_of(fair)
    about = {"user": reviewer, "role": "clerk", "begins_on": BEGINNING}
    Membership.objects.create(cooperative=exhibitor.cooperative, **about)
    judge = seller_of(applicant_of(fair).cooperative, "judge")
    exhibitor.reviews.create(reviewer=judge, at=LATER, note="有投诉", **MARKS)
    client.force_login(reviewer)
    page = client.get(application(exhibitor))
    assert (page.context["score_form"], page.context["may"]) == (None, [])
    assert page.context["own_words"] in shown(page)
    assert "有投诉" not in shown(page)
    rows = {row.pk: is_own for row, _is_mine, is_own in rows_of(client, fair)}
    assert rows[exhibitor.pk]
    assert sum(rows.values()) == 1


def test_an_organiser_who_is_not_named_gives_no_marks(client, organiser, fair):
    exhibitor = applicant_of(fair)
    post(client, application(exhibitor), do="score", note="", **MARKS)
    assert not exhibitor.reviews.exists()


def test_nobody_accepts_the_cooperative_that_they_act_for(client, fair):
    exhibitor = applicant_of(fair)
    seller = seller_of(exhibitor.cooperative)
    seller.user_permissions.set(Permission.objects.filter(codename__in=ARRANGE))
    client.force_login(seller)
    post(client, application(exhibitor), do="accept")
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"
