"""The people of a cooperative: invited once, in their role, gone at once, never without owner."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.producers.models import Membership
from catalog.producers.people import LastOwner, PeopleRefused, transfer_ownership
from marketplace.outbox.models import Message
from tests.factories import CooperativeFactory
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.conftest import BEGINNING, somebody

pytestmark = pytest.mark.django_db


def member(maker, name: str, role: str) -> Membership:
    user = somebody(name)
    return Membership.objects.create(user=user, cooperative=maker, role=role, begins_on=BEGINNING)


@pytest.fixture
def maker(db):
    return CooperativeFactory()


@pytest.fixture
def boss(client, maker) -> Membership:
    """The owner, who is signed in."""
    boss = member(maker, "boss", "owner")
    client.force_login(boss.user)
    return boss


def room(maker, tail: str = "") -> str:
    return f"/en/dashboard/c/{maker.slug}/people/{tail}"


def rows() -> list:
    return list(Membership.objects.order_by("pk").values())


def refused(client, path: str, data: dict, status: int) -> str:
    before, mails = rows(), Message.objects.count()
    response = client.post(path, data)
    assert response.status_code == status
    assert (rows(), Message.objects.count()) == (before, mails)
    return response.content.decode()


def invite(client, maker, email="New@example.com", role="clerk") -> str:
    """The address in the mail."""
    response = client.post(room(maker), {"email": email, "role": role})
    assert response["Location"] == room(maker)
    message = Message.objects.latest("pk")
    assert message.recipient == email.lower()
    return re.search(r"https?://[^/]+(\S+)", message.body)[1]


def test_who_acts_for_us_stands_there_with_role_and_day(client, maker, boss):
    member(maker, "hand", "clerk")
    page = client.get(room(maker)).content.decode()
    for words in ("2 people", "hand", "Clerk", "since 1 January 2020"):
        assert words in page


def test_an_invitation_is_accepted_once_by_the_one_it_was_sent_to(client, maker, boss):
    link = invite(client, maker)
    other, new = somebody("other"), somebody("new")
    client.force_login(other)
    assert client.get(link).status_code == 404
    refused(client, link, {}, 404)
    client.force_login(new)
    assert "You are invited" in client.get(link).content.decode()
    assert client.post(link).status_code == 302
    made = Membership.objects.get(user=new)
    assert (made.cooperative, made.role, made.begins_on) == (maker, "clerk", DAY)
    assert client.get(f"/dashboard/c/{maker.slug}/").status_code == 200
    refused(client, link, {}, 410)


def test_a_link_does_not_open_again_after_the_membership_has_ended(client, maker, boss):
    link = invite(client, maker)
    new = somebody("new")
    client.force_login(new)
    client.post(link)
    client.force_login(boss.user)
    client.post(room(maker, f"{Membership.objects.get(user=new).pk}/"), {"do": "end"})
    client.force_login(new)
    assert client.get(f"/dashboard/c/{maker.slug}/").status_code == 404
    refused(client, link, {}, 410)
    client.force_login(boss.user)
    again = invite(client, maker)
    client.force_login(new)
    assert client.post(again).status_code == 302


def test_a_link_ends_after_seven_days_and_with_the_owner_who_sent_it(client, maker, boss):
    link = invite(client, maker)
    new = somebody("new")
    client.force_login(new)
    with time_machine.travel(NOW + timedelta(days=7, seconds=9), tick=False):
        client.force_login(new)
        refused(client, link, {}, 410)
    heir = member(maker, "heir", "clerk")
    transfer_ownership(cooperative=maker, from_id=boss.pk, to_id=heir.pk, day=DAY)
    client.force_login(new)
    refused(client, link, {}, 410)


def test_a_forged_link_is_not_found(client, maker, boss):
    link = invite(client, maker)
    assert client.get(link[:-3] + "x/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"email": ""}, {"email": "x"}, {"email": "boss@example.com"}, {"role": "king"}]
)
def test_a_wrong_invitation_is_said_beside_its_field(client, maker, boss, wrong):
    about = {"email": "new@example.com", "role": "clerk"} | wrong
    page = refused(client, room(maker), about, 200)
    assert page.count('<p class="field__error"') == 1


def test_a_changed_role_holds_at_once(client, maker, boss):
    hand = member(maker, "hand", "clerk")
    client.post(room(maker, f"{hand.pk}/"), {"do": "role", "role": "accountant"})
    client.force_login(hand.user)
    assert client.get(f"/dashboard/c/{maker.slug}/money/").status_code == 200


@pytest.mark.parametrize("begins", [BEGINNING, DAY])
def test_an_ended_membership_has_lost_every_right_at_once(client, maker, boss, begins):
    hand = member(maker, "hand", "accountant")
    Membership.objects.filter(pk=hand.pk).update(begins_on=begins)
    client.post(room(maker, f"{hand.pk}/"), {"do": "end"})
    hand.refresh_from_db()
    assert hand.ends_on == DAY - timedelta(days=1)
    client.force_login(hand.user)
    assert client.get(f"/dashboard/c/{maker.slug}/money/").status_code == 404


@pytest.mark.parametrize("about", [{"do": "end"}, {"do": "role", "role": "clerk"}])
def test_the_last_owner_cannot_leave(client, maker, boss, about):
    page = refused(client, room(maker, f"{boss.pk}/"), about, 409)
    assert "make another person the owner first" in page
    member(maker, "second", "owner")
    assert client.post(room(maker, f"{boss.pk}/"), about).status_code == 302


def test_an_owner_whose_time_is_set_does_not_count_as_the_one_who_stays(client, maker, boss):
    second = member(maker, "second", "owner")
    Membership.objects.filter(pk=second.pk).update(ends_on=DAY + timedelta(days=9))
    refused(client, room(maker, f"{boss.pk}/"), {"do": "end"}, 409)


def test_the_ownership_goes_over_whole(client, maker, boss):
    hand = member(maker, "hand", "clerk")
    client.post(room(maker, f"{hand.pk}/"), {"do": "transfer"})
    roles = dict(Membership.objects.values_list("user__last_name", "role"))
    assert roles == {"boss": "clerk", "hand": "owner"}
    assert client.get(room(maker)).status_code == 403


@pytest.mark.parametrize("do", ["", "nonsense", "transfer"])
def test_what_cannot_be_done_with_oneself_is_refused(client, maker, boss, do):
    refused(client, room(maker, f"{boss.pk}/"), {"do": do}, 409)
    refused(client, room(maker, f"{boss.pk}/"), {"do": "role", "role": "king"}, 200)


def test_a_neighbours_people_are_not_found(client, maker, boss):
    stranger = member(CooperativeFactory(), "stranger", "clerk")
    refused(client, room(maker, f"{stranger.pk}/"), {"do": "end"}, 404)
    with pytest.raises(PeopleRefused):
        transfer_ownership(cooperative=maker, from_id=boss.pk, to_id=stranger.pk, day=DAY)
    assert issubclass(LastOwner, PeopleRefused)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, maker, boss, count):
    for number in range(count):
        member(maker, f"hand-{number}", "clerk")
    with CaptureQueriesContext(connection) as captured:
        client.get(room(maker))
    assert len(captured) == 3
