"""A cooperative at its desk: open calls, the application, the booth."""

from datetime import timedelta

import pytest

from catalog.producers.models import Membership
from marketplace.fairs.models import Allotment, Exhibitor, Question
from tests.factories import ProductFactory
from tests.factories.fairs import (
    AllotmentFactory,
    BoothFactory,
    ExhibitorFactory,
    FairFactory,
    ZoneFactory,
)
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import BEGINNING, somebody

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/c/beipo/fairs/"


@pytest.fixture
def fair(db):
    return FairFactory(name_en="New Year fair")


@pytest.fixture
def good(maker):
    return ProductFactory(cooperative=maker, title_en="Oat flour")


def page(fair, more=""):
    return f"{LIST}{fair.pk}/{more}"


def send(client, fair, do="hand_in", **typed):
    return client.post(page(fair, "apply/"), {"do": do, **typed}, follow=True)


def shown(response):
    return response.content.decode()


def test_an_open_call_stands_in_the_list_with_its_deadline(clerk, fair):
    FairFactory(state="draft", name_en="Secret fair")
    FairFactory(state="planned", name_en="Planned fair")
    html = shown(clerk.get(LIST))
    assert "New Year fair" in html
    assert "20 December 2026 18:00" in html
    assert "27 days left" in html
    assert "Secret fair" not in html
    assert "Planned fair" not in html


def test_without_calls_the_list_says_so(clerk):
    assert "No call is open" in shown(clerk.get(LIST))


def test_a_clerk_applies_and_sees_how_it_goes_on(clerk, fair, good, maker):
    form = clerk.get(page(fair, "apply/"))
    assert form.status_code == 200
    assert not Exhibitor.objects.exists()
    html = shown(send(clerk, fair, goods=[good.pk]))
    exhibitor = Exhibitor.objects.get()
    assert (exhibitor.state, exhibitor.cooperative, exhibitor.applied_at) == ("applied", maker, NOW)
    assert [step.by.email for step in exhibitor.steps.all()] == ["clerk@example.com"] * 2
    assert "Waits for the organiser" in html
    assert "Oat flour" in html
    assert "Business licence of the business is missing" in html
    assert "You may apply" not in shown(clerk.get(LIST))


def test_a_draft_is_kept_half_written(clerk, fair, good):
    Question.objects.create(fair=fair, key="cold", text="要冷柜吗？", kind="yes_no", sort_order=0)
    html = shown(send(clerk, fair, do="keep", goods=[good.pk]))
    assert Exhibitor.objects.get().state == "draft"
    assert "This is still missing." in html
    html = shown(clerk.get(page(fair, "apply/")))
    assert f'value="{good.pk}" id="id_goods_0" checked' in html


@pytest.fixture
def cooled(fair):
    """Whoever wants a cold shelf is asked how strong."""
    Question.objects.create(fair=fair, key="cold", text="要冷柜吗？", kind="yes_no", sort_order=0)
    about = {"kind": "number", "only_if": "cold", "only_if_answer": "是", "sort_order": 1}
    return Question.objects.create(fair=fair, key="power", text="要几千瓦？", **about)


def rows_of(response):
    rows = response.context["form"].question_rows
    return {row.question.key: (row.is_asked, row.wanted) for row in rows}


def test_a_question_is_seen_when_its_condition_holds(clerk, fair, good, cooled):
    form = clerk.get(page(fair, "apply/"))
    assert rows_of(form) == {"cold": (True, ""), "power": (False, "yes")}
    hidden = 'data-question="power" data-only-if="cold" data-only-if-answer="yes" hidden>'
    assert hidden in shown(form)
    refused = send(clerk, fair, goods=[good.pk], q_cold="yes")
    assert refused.context["form"].errors == {"q_power": ["This is still missing."]}
    assert hidden not in shown(refused)
    assert not Exhibitor.objects.exists()
    send(clerk, fair, goods=[good.pk], q_cold="yes", q_power="3")
    assert Exhibitor.objects.get().answers == {"cold": "yes", "power": "3"}


def test_what_stands_in_a_question_that_is_not_asked_is_not_kept(clerk, fair, good, cooled):
    send(clerk, fair, goods=[good.pk], q_cold="no", q_power="viel")
    exhibitor = Exhibitor.objects.get()
    assert (exhibitor.state, exhibitor.answers) == ("applied", {"cold": "no"})


def test_an_answer_that_is_far_too_long_is_refused_in_words(clerk, fair, good):
    Question.objects.create(fair=fair, key="new", text="带什么新货？", kind="text")
    refused = send(clerk, fair, goods=[good.pk], q_new="莜" * 5000)
    assert refused.context["form"].errors == {"q_new": ["At most 500 characters."]}
    assert not Exhibitor.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"q_power": "viel", "goods": "own"}, "q_power"),
        ({"q_power": "3", "goods": []}, "goods"),
        ({"q_power": "3", "goods": "foreign"}, "goods"),
        ({"q_power": "3", "goods": ["x"]}, "goods"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_kept_as_typed(clerk, fair, good, typed, field):
    Question.objects.create(fair=fair, key="power", text="要几千瓦？", kind="number")
    goods = {"own": [good.pk], "foreign": [ProductFactory().pk]}
    typed["goods"] = goods.get(str(typed["goods"]), typed["goods"])
    response = send(clerk, fair, **typed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "field--wrong" in shown(response)
    assert f'value="{typed["q_power"]}"' in shown(response)
    assert not Exhibitor.objects.exists()


def test_after_the_deadline_nothing_can_be_sent(clerk, fair, good):
    fair.call_closes_at = NOW
    fair.save()
    assert clerk.get(page(fair, "apply/")).status_code == 302
    assert "The deadline has passed" in shown(send(clerk, fair, goods=[good.pk]))
    assert not Exhibitor.objects.exists()


def test_a_held_booth_is_confirmed_with_the_time_left_in_sight(clerk, fair, maker):
    exhibitor = ExhibitorFactory(fair=fair, cooperative=maker)
    booth = BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A07")
    until = NOW + timedelta(hours=30)
    place = AllotmentFactory(
        exhibitor=exhibitor, booth=booth, confirmed_at=None, made_at=NOW, held_until=until
    )
    html = shown(clerk.get(page(fair)))
    assert "A07" in html
    assert "30 hours left" in html
    answer = clerk.post(page(fair), {"do": "confirm"}, follow=True)
    place.refresh_from_db()
    assert place.confirmed_at == NOW
    assert "Booth A07 is yours." in shown(answer)


def test_a_booth_is_given_back(clerk, fair, maker):
    place = AllotmentFactory(exhibitor=ExhibitorFactory(fair=fair, cooperative=maker))
    clerk.post(page(fair), {"do": "give_back"})
    place.refresh_from_db()
    assert place.released_at == NOW


@pytest.mark.parametrize("do", ["confirm", "give_back", "return", "", "x"])
def test_what_is_not_there_to_do_is_refused_in_words(clerk, fair, maker, do):
    exhibitor = ExhibitorFactory(fair=fair, cooperative=maker)
    about = {"confirmed_at": None, "made_at": NOW, "held_until": NOW}
    place = AllotmentFactory(exhibitor=exhibitor, **about)
    answer = clerk.post(page(fair), {"do": do})
    assert answer.status_code == 409
    assert "notice--problem" in shown(answer)
    place.refresh_from_db()
    exhibitor.refresh_from_db()
    assert (place.confirmed_at, place.released_at, exhibitor.state) == (None, None, "accepted")


def test_whoever_withdraws_says_why_and_may_apply_again(clerk, fair, maker, good):
    exhibitor = ExhibitorFactory(fair=fair, cooperative=maker, goods=[good])
    assert "Withdraw from the fair?" in shown(clerk.get(page(fair, "withdraw/")))
    html = shown(clerk.post(page(fair, "withdraw/"), {"reason": "没人手"}, follow=True))
    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.reason) == ("withdrawn", "没人手")
    assert "Apply again" in html
    clerk.post(page(fair), {"do": "return"})
    exhibitor.refresh_from_db()
    assert exhibitor.state == "applied"


def test_too_long_a_reason_withdraws_nothing(clerk, fair, maker):
    exhibitor = ExhibitorFactory(fair=fair, cooperative=maker)
    answer = clerk.post(page(fair, "withdraw/"), {"reason": "x" * 301})
    assert list(answer.context["form"].errors) == ["reason"]
    exhibitor.refresh_from_db()
    assert exhibitor.state == "accepted"


def test_a_fair_that_the_public_does_not_know_is_not_found(clerk):
    fair = FairFactory(state="draft")
    for more in ("", "apply/", "withdraw/"):
        assert clerk.get(page(fair, more)).status_code == 404
        assert clerk.post(page(fair, more)).status_code == 404
    assert clerk.get(f"{LIST}999999/").status_code == 404


def test_the_accountant_has_no_door_to_fairs(client, maker, fair):
    user = somebody("accountant")
    about = {"role": "accountant", "begins_on": BEGINNING}
    Membership.objects.create(user=user, cooperative=maker, **about)
    client.force_login(user)
    assert client.get(LIST).status_code == 403
    assert LIST not in shown(client.get("/en/dashboard/c/beipo/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(clerk, maker, count, django_assert_max_num_queries):
    for _number in range(count):
        FairFactory()
        ExhibitorFactory(cooperative=maker)
    with django_assert_max_num_queries(9):
        assert shown(clerk.get(LIST)).count("fair-call__name") == count


@pytest.mark.parametrize("count", [1, 4])
def test_an_application_costs_the_same_for_any_number_of_goods(
    clerk, fair, maker, count, django_assert_max_num_queries
):
    goods = [ProductFactory(cooperative=maker) for _number in range(count)]
    ExhibitorFactory(fair=fair, cooperative=maker, goods=goods, state="applied")
    with django_assert_max_num_queries(20):
        assert shown(clerk.get(page(fair))).count("row--brought") == count
    with django_assert_max_num_queries(20):
        assert shown(clerk.get(page(fair, "apply/"))).count('class="bring"') == count


def test_a_held_booth_waits_on_the_first_page_until_it_is_confirmed(clerk, maker, fair):
    exhibitor = ExhibitorFactory(fair=fair, cooperative=maker)
    held = AllotmentFactory(exhibitor=exhibitor, confirmed_at=None)
    words = f"New Year fair: booth {held.booth.number} is held for you"
    assert words in shown(clerk.get("/en/dashboard/c/beipo/"))
    Allotment.objects.filter(pk=held.pk).update(confirmed_at=NOW)
    assert words not in shown(clerk.get("/en/dashboard/c/beipo/"))
