"""Messages whose task was lost on its way to the worker: the beat handles them."""

from datetime import timedelta

import pytest
from django.conf import settings

from marketplace.payment import events
from marketplace.payment.events import LONGEST, PATIENCE, handle_waiting
from marketplace.payment.gateway import GatewayDown, GatewayRefused
from marketplace.payment.models import StripeEvent
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db


def keep(age=PATIENCE, **fields):
    event = StripeEvent.objects.create(
        event_id=f"evt_{StripeEvent.objects.count()}", kind=events.SUCCEEDED, payload={}, **fields
    )
    StripeEvent.objects.filter(pk=event.pk).update(received_at=NOW - age)
    return event


@pytest.fixture
def handled(monkeypatch):
    """Keys in the order in which they were handled; an exception kept for a key is raised."""
    keys, faults = [], {}

    def handle(*, event_pk, now):
        keys.append(event_pk)
        if event_pk in faults:
            raise faults[event_pk]

    monkeypatch.setattr(events, "handle_event", handle)
    return keys, faults


def test_messages_that_waited_a_minute_are_handled_oldest_first(handled):
    keys, _ = handled
    recent, old = keep(), keep(timedelta(hours=5))
    handle_waiting(now=NOW)
    assert keys == [old.pk, recent.pk]


@pytest.mark.parametrize(
    ("age", "handled_at"),
    [(PATIENCE - timedelta(seconds=1), None), (PATIENCE, NOW), (LONGEST * 2, None)],
    ids=["its own task may still come", "handled", "nobody asks for it any more"],
)
def test_other_messages_are_left_alone(handled, age, handled_at):
    keep(age, handled_at=handled_at)
    handle_waiting(now=NOW)
    assert handled[0] == []


def test_one_that_is_refused_does_not_hold_up_the_others(handled, caplog):
    keys, faults = handled
    refused, other = keep(), keep()
    faults[refused.pk] = GatewayRefused("no such intent")
    handle_waiting(now=NOW)
    assert keys == [refused.pk, other.pk]
    assert "evt_0" in caplog.text


def test_while_the_payment_service_is_down_it_is_asked_once_a_minute(handled):
    keys, faults = handled
    first, _ = keep(), keep()
    faults[first.pk] = GatewayDown("no answer")
    handle_waiting(now=NOW)
    assert keys == [first.pk]


def test_a_round_is_bounded(handled, monkeypatch):
    monkeypatch.setattr(events, "AT_MOST", 2)
    kept = [keep(), keep(), keep()]
    handle_waiting(now=NOW)
    assert handled[0] == [event.pk for event in kept[:2]]


def test_the_beat_looks_every_minute():
    entry = settings.CELERY_BEAT_SCHEDULE["handle-waiting-stripe-events"]
    assert entry == {"task": "marketplace.payment.tasks.handle_waiting", "schedule": 60.0}
