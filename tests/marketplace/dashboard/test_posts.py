"""Posts of the programme: given, ended, kept, told, and never so that nobody runs the market."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from catalog.origins.models import Region
from marketplace.accounts.models import Posting, PostingStep
from marketplace.accounts.roles import is_operator
from marketplace.dashboard.posts.refusals import LastOperator, PostRefused
from marketplace.dashboard.posts.services import appoint, end_post
from marketplace.outbox.models import Message
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.conftest import BEGINNING, posted, somebody

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/posts/"
NEW = f"{LIST}new/"
WUCHUAN = "150125"
ROW = re.compile(r'href="/en/dashboard/posts/(\d+)/"')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')
SOON = DAY + timedelta(days=9)


def path(posting) -> str:
    return f"{LIST}{posting.pk}/"


def typed(**changes) -> dict:
    values = {
        "email": "hand@example.com",
        "role": "county_confirmer",
        "county": WUCHUAN,
        "begins_on": DAY.isoformat(),
        "ends_on": "",
    }
    return values | changes


def post_of(user, **changes) -> Posting:
    values = {"role": "operator", "begins_on": BEGINNING, "ends_on": None}
    return Posting.objects.create(user=user, **(values | changes))


def stored() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Posting, PostingStep)]


def refused(office, address, about, words, status=200) -> str:
    before = stored()
    response = office.post(address, about)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert stored() == before
    assert not Message.objects.filter(event__startswith="post_").exists()
    return page


def test_a_county_confirmer_is_appointed_kept_and_told(office, client, operator):
    hand = somebody("hand")
    response = office.post(NEW, typed(email="HAND@example.com", ends_on=SOON.isoformat()))
    assert response["Location"] == LIST
    made = Posting.objects.get(user=hand)
    assert (made.role, made.region_id) == ("county_confirmer", WUCHUAN)
    assert (made.begins_on, made.ends_on) == (DAY, SOON)
    step = made.steps.get()
    assert (step.kind, step.by, step.at, step.ends_on) == ("appointed", operator, NOW, SOON)
    letter = Message.objects.get(event=f"post_appointed:{step.pk}")
    assert letter.recipient == "hand@example.com"
    assert "武川" in letter.body
    page = office.get(path(made)).content.decode()
    assert "Appointed" in page
    client.force_login(hand)
    assert client.get(f"/dashboard/county/{WUCHUAN}/").status_code == 200


def test_an_operators_post_has_no_county(office):
    somebody("hand")
    office.post(NEW, typed(role="operator"))
    assert Posting.objects.get(user__email="hand@example.com").region is None


def test_whoever_has_not_signed_up_is_asked_to_first(office):
    page = refused(office, NEW, typed(email="nobody@example.com"), "Ask the person to sign up")
    assert 'value="nobody@example.com"' in page
    somebody("hand", is_active=False)
    refused(office, NEW, typed(), "Ask the person to sign up")


@pytest.mark.parametrize("role", ["operator", "county_confirmer"])
def test_nobody_appoints_themselves(office, role):
    words = "You cannot appoint yourself."
    refused(office, NEW, typed(email="Operator@example.com", role=role), words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "x"}, "valid email"),
        ({"email": "a" * 300 + "@example.com"}, "at most 254 characters"),
        ({"role": "organiser"}, "Select a valid choice"),
        ({"role": "king"}, "Select a valid choice"),
        ({"county": ""}, "For which county?"),
        ({"county": "110000"}, "Select a valid choice"),
        ({"begins_on": "2026-11-22"}, "A post begins today or later."),
        ({"begins_on": "1999-01-01"}, "Choose a day between 2020 and 2099."),
        ({"begins_on": "soon"}, "valid date"),
        ({"ends_on": "2026-11-22"}, "It would end before it begins."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(office, change, words):
    somebody("hand")
    page = refused(office, NEW, typed(**change), words)
    assert page.count('<p class="field__error"') == 1


def test_nobody_holds_one_post_twice_at_a_time(office):
    hand = somebody("hand")
    post_of(hand, role="county_confirmer", region_id=WUCHUAN, ends_on=SOON)
    refused(office, NEW, typed(), "holds this post in that time already")
    after = (SOON + timedelta(days=1)).isoformat()
    assert office.post(NEW, typed(begins_on=after)).status_code == 302
    assert office.post(NEW, typed(county="150124")).status_code == 302


def test_a_post_is_ended_at_once_and_every_right_with_it(office, client, operator):
    hand = somebody("hand")
    post = post_of(hand, role="county_confirmer", region_id=WUCHUAN)
    assert office.post(path(post), {"now": "1", "seen": ""})["Location"] == LIST
    post.refresh_from_db()
    assert post.ends_on == DAY - timedelta(days=1)
    step = post.steps.get()
    assert (step.kind, step.by, step.at, step.ends_on) == ("ended", operator, NOW, post.ends_on)
    assert Message.objects.get(event=f"post_ended:{step.pk}").recipient == hand.email
    assert 'name="now"' not in office.get(path(post)).content.decode()
    client.force_login(hand)
    assert client.get(f"/dashboard/county/{WUCHUAN}/").status_code == 404


def test_a_last_day_is_set_and_may_only_come_nearer(office):
    post = post_of(somebody("hand"))
    assert office.post(path(post), {"last": SOON.isoformat(), "seen": ""}).status_code == 302
    post.refresh_from_db()
    assert post.ends_on == SOON
    Message.objects.all().delete()
    seen = SOON.isoformat()
    later = {"last": (SOON + timedelta(days=1)).isoformat(), "seen": seen}
    page = refused(office, path(post), later, "appoint the person anew", 409)
    assert f'value="{later["last"]}"' in page
    refused(office, path(post), {"last": "2026-11-22", "seen": seen}, "today or later", 409)
    refused(office, path(post), {"last": "", "seen": seen}, "This field is required.")


def test_what_moved_meanwhile_is_shown_first(office):
    post = post_of(somebody("hand"), ends_on=SOON)
    words = "This has changed meanwhile."
    page = refused(office, path(post), {"now": "1", "seen": ""}, words, 409)
    assert f'name="seen" value="{SOON.isoformat()}"' in page
    over = post_of(somebody("other"), ends_on=DAY - timedelta(days=1))
    refused(office, path(over), {"now": "1", "seen": over.ends_on.isoformat()}, words, 409)


@pytest.mark.parametrize("about", [{"now": "1"}, {"last": SOON.isoformat()}])
def test_the_last_operator_stays(office, operator, about):
    mine = operator.postings.get()
    words = "nobody would run the market any more"
    refused(office, path(mine), {"seen": "", **about}, words, 409)
    post_of(somebody("other"), ends_on=SOON)
    refused(office, path(mine), {"seen": "", **about}, words, 409)
    post_of(somebody("third"))
    assert office.post(path(mine), {"seen": "", **about}).status_code == 302


def test_of_operators_whose_time_is_set_the_other_one_may_be_ended(operator):
    Posting.objects.update(ends_on=SOON)
    other = post_of(somebody("other"), ends_on=SOON)
    end_post(posting_id=other.pk, last=None, seen=SOON, by=operator, now=NOW)
    with pytest.raises(LastOperator):
        end_post(posting_id=operator.postings.get().pk, last=None, seen=SOON, by=operator, now=NOW)


def test_a_follower_who_begins_the_day_after_is_enough(operator):
    mine = operator.postings.get()
    post_of(somebody("later"), begins_on=SOON + timedelta(days=1))
    with pytest.raises(LastOperator):
        end_post(posting_id=mine.pk, last=SOON - timedelta(days=1), seen=None, by=operator, now=NOW)
    end_post(posting_id=mine.pk, last=SOON, seen=None, by=operator, now=NOW)
    mine.refresh_from_db()
    assert mine.ends_on == SOON


def test_who_ends_the_own_post_is_led_out(office, operator):
    post_of(somebody("other"))
    response = office.post(path(operator.postings.get()), {"now": "1", "seen": ""})
    assert response["Location"] == "/en/account/"
    assert not is_operator(operator, DAY)
    assert office.get(LIST).status_code == 403


def test_the_list_says_who_is_in_force_who_comes_and_who_was(office, operator):
    coming = post_of(somebody("coming"), begins_on=SOON)
    over = post_of(somebody("over"), ends_on=DAY - timedelta(days=1))
    mine = operator.postings.get()

    def shown(**params):
        return [int(pk) for pk in ROW.findall(office.get(LIST, params).content.decode())]

    assert shown() == [mine.pk, coming.pk, over.pk]
    assert shown(state="now") == [mine.pk]
    assert shown(state="coming") == [coming.pk]
    assert shown(state="past") == [over.pk]
    assert shown(state="x") == [mine.pk, coming.pk, over.pk]
    counts = dict(COUNT.findall(office.get(LIST).content.decode()))
    assert counts == {"": "3", "now": "1", "coming": "1", "past": "1"}


@pytest.mark.parametrize("count", [1, 48])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for number in range(count):
        posted(f"p{number}", "county_confirmer", WUCHUAN)
    office.get(LIST)
    with django_assert_max_num_queries(9):
        office.get(LIST)


def test_a_post_that_is_not_there_is_not_found(office):
    assert office.get(f"{LIST}{10**30}/").status_code == 404
    assert office.post(f"{LIST}1000000/", {"now": "1"}).status_code == 404


def test_the_database_wants_a_county_for_a_confirmer(operator):
    with pytest.raises(IntegrityError), transaction.atomic():
        post_of(operator, role="county_confirmer")
    assert Region.objects.filter(pk=WUCHUAN).exists()


def test_the_first_operator_is_appointed_on_the_machine(capsys):
    first = somebody("first")
    call_command("appoint_operator", "First@example.com")
    assert is_operator(first, DAY)
    assert first.postings.get().steps.get().by is None
    with pytest.raises(CommandError):
        call_command("appoint_operator", "first@example.com")
    with pytest.raises(CommandError):
        call_command("appoint_operator", "nobody@example.com")
    assert Posting.objects.count() == 1


def test_a_service_refuses_a_second_post_of_the_same_kind(operator):
    somebody("hand")
    about = {
        "email": "hand@example.com", "role": "operator", "county": None, "begins_on": DAY,
        "ends_on": date(2026, 12, 31), "by": operator, "now": NOW,
    }  # fmt: skip
    appoint(**about)
    with pytest.raises(PostRefused):
        appoint(**about)
