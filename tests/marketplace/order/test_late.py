"""The warning before parcels are late: on their day from noon, to owner and clerks, once."""

from datetime import timedelta

import pytest

from catalog.producers.models import Membership
from marketplace.order.services.late import warn_of_late
from marketplace.outbox.models import Message
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.walking import member_of
from tests.marketplace.packing import packed, parcel_for, shipped

pytestmark = pytest.mark.django_db
NOON = NOW.replace(hour=12, minute=0)


@pytest.fixture
def cooperative():
    cooperative = CooperativeFactory()
    for role in ("owner", "clerk", "accountant"):
        member_of(cooperative, role, role)
    return cooperative


def told() -> list[str]:
    messages = Message.objects.filter(event__startswith="parcels_due")
    return sorted(messages.values_list("recipient", flat=True))


def test_owner_and_clerks_are_told_once_of_what_must_leave_today(cooperative):
    good = ProductFactory(cooperative=cooperative)
    parcel_for(good, dispatch_on=DAY)
    parcel_for(good, dispatch_on=DAY)
    packed(good, dispatch_on=DAY)
    assert warn_of_late(now=NOON - timedelta(seconds=1)) == 0
    assert told() == []
    assert warn_of_late(now=NOON) == 1
    warn_of_late(now=NOON + timedelta(hours=3))
    assert told() == ["clerk@example.com", "owner@example.com"]
    message = Message.objects.filter(event__startswith="parcels_due").first()
    assert message.event == f"parcels_due:{cooperative.slug}:2026-11-23"
    assert f"/dashboard/c/{cooperative.slug}/today/" in message.body
    assert "2" in message.body
    assert "李岚" not in message.body


def test_what_leaves_another_day_has_left_or_is_late_already_is_not_told(cooperative):
    good = ProductFactory(cooperative=cooperative)
    parcel_for(good, dispatch_on=DAY + timedelta(days=1))
    parcel_for(good, dispatch_on=DAY - timedelta(days=1))
    shipped(good, dispatch_on=DAY)
    assert warn_of_late(now=NOON) == 0
    assert told() == []


def test_whose_membership_has_ended_is_told_nothing(cooperative):
    Membership.objects.filter(role="clerk").update(ends_on=DAY - timedelta(days=1))
    parcel_for(ProductFactory(cooperative=cooperative), dispatch_on=DAY)
    warn_of_late(now=NOON)
    assert told() == ["owner@example.com"]
