"""Letters about papers that end: in time, once, and to nobody who has renewed."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from catalog.models import ProductPaper
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper, Membership
from catalog.reminders import remind_of_ends
from catalog.tasks import follow_papers
from marketplace.accounts.models import User
from marketplace.outbox.models import Message
from tests.factories import CooperativeFactory, ProductFactory

pytestmark = pytest.mark.django_db

ENDS = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def english(chinese):
    translation.activate("en")


@pytest.fixture
def mill():
    mill = CooperativeFactory()
    for role in Membership.Role.values:
        member_of(mill, role)
    return mill


def member_of(mill, role, **changes) -> Membership:
    user = User.objects.create_user(f"{role}{User.objects.count()}@example.com", "x")
    values = {"role": role, "begins_on": date(2020, 1, 1), **changes}
    return Membership.objects.create(user=user, cooperative=mill, **values)


def paper(number="1", kind="food_production_licence", begins=date(2025, 1, 1), ends=ENDS) -> Paper:
    return Paper.objects.create(
        kind=kind, number=number, issuer="局", holder="社", valid_from=begins, valid_until=ends
    )


def held(mill, **about) -> Paper:
    kept = paper(**about)
    CooperativePaper.objects.create(cooperative=mill, paper=kept)
    return kept


def remind(before: int) -> None:
    remind_of_ends(day=ENDS - timedelta(days=before))


def letters() -> dict[str, int]:
    """By the stage, how many."""
    events = Message.objects.values_list("event", flat=True)
    stages = [event.rsplit(":", 1)[1] for event in events]
    return {stage: stages.count(stage) for stage in stages}


def test_owner_and_clerk_are_told_three_times_each_once(mill):
    held(mill)
    for before in range(40, -3, -1):
        remind(before)
        remind(before)
    assert letters() == {"30": 2, "7": 2, "1": 2}
    first, last = Message.objects.order_by("pk").first(), Message.objects.order_by("pk").last()
    assert "Food production licence" in first.subject
    assert "ends in 30 days" in first.body
    assert "ends in 1 day," in last.body
    assert f"/dashboard/c/{mill.slug}/papers/" in first.body


@pytest.mark.parametrize(("before", "stage"), [(29, "30"), (5, "7"), (0, "1")])
def test_a_night_without_letters_is_made_up_for(mill, before, stage):
    held(mill)
    remind(before)
    assert letters() == {stage: 2}


@pytest.mark.parametrize("before", [31, -1])
def test_too_early_or_too_late_says_nothing(mill, before):
    held(mill)
    remind(before)
    assert letters() == {}


def test_who_renewed_without_a_gap_is_left_alone(mill):
    held(mill)
    held(mill, number="2", begins=ENDS + timedelta(days=1), ends=date(2030, 1, 1))
    remind(7)
    assert letters() == {}


def test_a_new_paper_after_a_gap_or_of_another_kind_or_business_is_no_renewal(mill):
    held(mill)
    held(mill, number="2", begins=ENDS + timedelta(days=2), ends=date(2030, 1, 1))
    held(mill, number="3", kind="business_licence", ends=date(2030, 1, 1))
    held(CooperativeFactory(), number="4", ends=date(2030, 1, 1))
    remind(7)
    assert letters() == {"7": 2}


def test_a_goods_paper_is_told_too(mill):
    product = ProductFactory(cooperative=mill)
    ProductPaper.objects.create(product=product, paper=paper(kind="organic_certificate"))
    remind(1)
    assert letters() == {"1": 2}


def test_who_left_or_has_no_mail_gets_none(mill):
    mill.memberships.filter(role="clerk").update(ends_on=date(2026, 1, 1))
    User.objects.filter(memberships__role="owner").update(email=None, phone="13800001234")
    held(mill)
    remind(1)
    assert letters() == {}


def test_the_timetable_reminds(mill, time_machine):
    time_machine.move_to("2026-12-30T09:00:00+08:00")
    held(mill)
    follow_papers.delay()
    assert letters() == {"1": 2}
