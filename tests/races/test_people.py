"""Owners who leave and invitations that are accepted at the same moment."""

from functools import partial

import pytest

from catalog.producers.invitations import Invitation, accept_invitation
from catalog.producers.models import Membership
from catalog.producers.people import end_membership, transfer_ownership
from tests.factories import CooperativeFactory
from tests.marketplace.buying import DAY
from tests.marketplace.dashboard.conftest import BEGINNING, somebody
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def maker():
    return CooperativeFactory()


def owner(maker, name: str, role: str = "owner") -> Membership:
    user = somebody(name)
    return Membership.objects.create(user=user, cooperative=maker, role=role, begins_on=BEGINNING)


def owners(maker) -> int:
    return maker.memberships.in_force(DAY).filter(role="owner").count()


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_owners_who_leave_one_stays(turn, maker):
    both = [owner(maker, "one"), owner(maker, "other")]
    leave = [
        partial(end_membership, cooperative=maker, membership_id=one.pk, day=DAY) for one in both
    ]
    results = at_once(leave)
    assert sorted(type(one).__name__ for one in results) == ["LastOwner", "NoneType"]
    assert owners(maker) == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_handing_over_against_the_heir_leaving_keeps_an_owner(turn, maker):
    boss, heir = owner(maker, "boss"), owner(maker, "heir", "clerk")
    give = partial(transfer_ownership, cooperative=maker, from_id=boss.pk, to_id=heir.pk, day=DAY)
    leave = partial(end_membership, cooperative=maker, membership_id=heir.pk, day=DAY)
    at_once([give, leave])
    assert owners(maker) == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_invitation_accepted_8_times_is_one_membership(turn, maker):
    boss, new = owner(maker, "boss"), somebody("new")
    asked = Invitation(maker.pk, "new@example.com", "clerk", boss.user_id, 0)
    accept = partial(accept_invitation, invitation=asked, user=new, day=DAY)
    results = at_once([accept] * 8)
    kinds = sorted(type(one).__name__ for one in results)
    assert kinds == [*["InvitationSpent"] * 7, "Membership"]
    assert Membership.objects.filter(user=new).count() == 1
