"""A fair from draft to report."""

from datetime import datetime, timedelta

import pytest

from marketplace.fairs.models import Fair
from marketplace.fairs.refusals import (
    DaysGone,
    DeadlineNotAhead,
    HasApplicants,
    HasVisitors,
    NoSuchMove,
    NotBegun,
    NotOver,
    PermitMissing,
)
from marketplace.fairs.services.seats import cancel_ticket
from marketplace.fairs.services.states import follow_the_calendar, move_fair, refusal_of
from tests.factories.fairs import BEIJING, DEADLINE, ExhibitorFactory, FairFactory
from tests.factories.visitors import SessionFactory, ticket_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 10, tzinfo=BEIJING)
FIRST_MORNING = datetime(2027, 1, 15, 0, 5, tzinfo=BEIJING)
LAST_DAY = datetime(2027, 1, 17, 12, tzinfo=BEIJING)
LAST_EVENING = datetime(2027, 1, 17, 18, tzinfo=BEIJING)


def refused(fair, to, now, why):
    """With these words, and the fair stands where it stood."""
    before = Fair.objects.values().get(pk=fair.pk)
    with pytest.raises(why) as caught:
        move_fair(fair_id=fair.pk, to=to, by=None, now=now)
    assert caught.value.words
    assert Fair.objects.values().get(pk=fair.pk) == before
    assert not fair.steps.exists()


def test_a_fair_goes_all_the_way_and_each_step_is_written_down(organiser):
    fair = FairFactory(state="draft")
    way = [
        ("call", NOW),
        ("planned", DEADLINE + timedelta(hours=1)),
        ("running", FIRST_MORNING),
        ("closed", LAST_DAY),
        ("reported", LAST_EVENING),
    ]
    for to, now in way:
        move_fair(fair_id=fair.pk, to=to, by=organiser, now=now)
    steps = list(fair.steps.order_by("at").values_list("state", "at", "by"))
    assert steps == [(to, now, organiser.pk) for to, now in way]
    fair.refresh_from_db()
    assert (fair.state, fair.call_closes_at) == ("reported", DEADLINE)


def test_planning_before_the_deadline_ends_the_call(fair, organiser):
    move_fair(fair_id=fair.pk, to="planned", by=organiser, now=NOW)
    fair.refresh_from_db()
    assert fair.call_closes_at == NOW
    refusal = refusal_of(fair, to="call", now=NOW)
    assert isinstance(refusal, DeadlineNotAhead)


def test_the_call_is_not_opened_again_once_visitors_have_tickets():
    entry = SessionFactory(fair__call_closes_at=DEADLINE)
    ticket = ticket_of(entry)
    refused(entry.fair, "call", NOW, HasVisitors)
    cancel_ticket(code=ticket.code, now=NOW)
    assert move_fair(fair_id=entry.fair_id, to="call", by=None, now=NOW).state == "call"


@pytest.mark.parametrize(
    ("state", "to"),
    [("draft", "planned"), ("call", "running"), ("running", "planned"), ("reported", "closed")],
)
def test_no_step_is_left_out(state, to):
    refused(FairFactory(state=state), to, LAST_EVENING, NoSuchMove)


@pytest.mark.parametrize("closes", [None, NOW, FIRST_MORNING + timedelta(days=1)])
def test_a_call_needs_a_deadline_ahead_and_before_the_fair(closes):
    refused(FairFactory(state="draft", call_closes_at=closes), "call", NOW, DeadlineNotAhead)


def test_a_call_for_days_that_are_past_is_refused():
    refused(FairFactory(state="draft"), "call", LAST_EVENING, DaysGone)


def test_a_crowd_needs_a_permit():
    fair = FairFactory(expected_visitors=1000)
    refused(fair, "planned", NOW, PermitMissing)
    Fair.objects.filter(pk=fair.pk).update(permit_number="京公大型活动〔2026〕7号")
    assert move_fair(fair_id=fair.pk, to="planned", by=None, now=NOW).state == "planned"


def test_a_call_is_taken_back_only_while_nobody_has_begun_to_apply(fair):
    ExhibitorFactory(fair=fair, state="draft", applied_at=None)
    refused(fair, "draft", NOW, HasApplicants)
    assert move_fair(fair_id=FairFactory().pk, to="draft", by=None, now=NOW).state == "draft"


def test_a_fair_neither_begins_nor_ends_before_its_day():
    refused(FairFactory(state="planned"), "running", NOW, NotBegun)
    refused(FairFactory(state="running"), "closed", FIRST_MORNING, NotOver)


def test_the_calendar_begins_and_ends_fairs_once():
    fair, other = FairFactory(state="planned"), FairFactory(state="call")
    assert follow_the_calendar(now=FIRST_MORNING - timedelta(hours=1)) == 0
    assert follow_the_calendar(now=FIRST_MORNING) == 1
    assert follow_the_calendar(now=LAST_EVENING - timedelta(seconds=1)) == 0
    assert follow_the_calendar(now=LAST_EVENING) == 1
    assert follow_the_calendar(now=LAST_EVENING) == 0
    assert list(fair.steps.order_by("at").values_list("state", "by")) == [
        ("running", None),
        ("closed", None),
    ]
    other.refresh_from_db()
    assert other.state == "call"


def test_a_worker_that_slept_through_the_fair_makes_up_for_it():
    fair = FairFactory(state="planned")
    assert follow_the_calendar(now=LAST_EVENING + timedelta(days=3)) == 2
    fair.refresh_from_db()
    assert fair.state == "closed"
