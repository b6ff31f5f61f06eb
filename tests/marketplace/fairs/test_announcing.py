"""A fair with other days, hours or another place tells whoever knows the old ones, once."""

from datetime import timedelta

import pytest

from marketplace.fairs.models import Fair, Session
from marketplace.fairs.services.announcing import known_of, tell_changes
from marketplace.fairs.services.seats import cancel_ticket
from marketplace.outbox.models import Message
from tests.factories.fairs import ExhibitorFactory
from tests.factories.visitors import AFTER, BEFORE, SessionFactory, TalkFactory, ticket_of
from tests.marketplace.fairs.conftest import seller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db):
    return SessionFactory()


@pytest.fixture
def talk(entry):
    return TalkFactory(fair=entry.fair, capacity=1)


def change(fair, *rows, now=BEFORE, **columns):
    """As the organiser's form: sessions `rows` an hour later, these columns of the fair."""
    Message.objects.all().delete()
    before = known_of(fair.pk)
    for session in rows:
        later = {"begins_at": session.begins_at + timedelta(hours=1)}
        later["ends_at"] = session.ends_at + timedelta(hours=1)
        Session.objects.filter(pk=session.pk).update(**later)
    Fair.objects.filter(pk=fair.pk).update(**columns)
    tell_changes(fair=Fair.objects.get(pk=fair.pk), before=before, now=now)


def told():
    return sorted(Message.objects.values_list("recipient", flat=True))


def test_visitors_of_a_session_that_moved_are_told_once_and_in_their_language(entry, talk):
    ticket_of(entry, talk, number=1, email="one@example.com", language="en")
    ticket_of(entry, talk, number=2, email="waits@example.com")
    ticket_of(entry, number=3, email="other@example.com")
    change(entry.fair, talk)
    assert told() == ["one@example.com", "waits@example.com"]
    mail = Message.objects.get(recipient="one@example.com")
    assert mail.subject == f"{entry.fair.name_en}: another time or place"
    assert "15:00–16:00  How to knead oats" in mail.body
    assert "http" in mail.body


def test_all_that_was_changed_together_is_one_mail(entry, talk):
    ticket_of(entry, talk, email="one@example.com")
    change(entry.fair, entry, talk, venue="南城会展馆（虚构）")
    assert told() == ["one@example.com"]
    assert "南城会展馆（虚构）" in Message.objects.get().body


def test_another_hall_is_told_to_everybody_who_still_comes(entry):
    ticket_of(entry, number=1, email="one@example.com")
    gone = ticket_of(entry, number=2, email="gone@example.com")
    cancel_ticket(code=gone.code, now=BEFORE)
    ticket_of(entry, number=3)
    change(entry.fair, venue="南城会展馆（虚构）")
    assert told() == ["one@example.com"]


def test_what_concerns_nobody_is_not_told(entry, talk):
    ticket_of(entry, talk, email="one@example.com")
    seller_of(ExhibitorFactory(fair=entry.fair).cooperative)
    change(entry.fair, name="新名字（虚构）", transport="地铁南城站下车。")
    assert told() == []


def test_a_fair_that_is_over_tells_nothing(entry):
    ticket_of(entry, email="one@example.com")
    change(entry.fair, entry, venue="南城会展馆（虚构）", now=AFTER)
    assert told() == []


@pytest.mark.parametrize(
    ("state", "count"), [("applied", 1), ("accepted", 1), ("reserve", 1), ("withdrawn", 0)]
)
def test_exhibitors_are_told_of_other_days(entry, state, count):
    exhibitor = ExhibitorFactory(fair=entry.fair, state=state)
    seller_of(exhibitor.cooperative)
    later = entry.fair.ends_on + timedelta(days=1)
    change(entry.fair, ends_on=later)
    assert told() == ["seller@example.com"] * count
    assert all("2027年1月18日" in mail.body for mail in Message.objects.all())


@pytest.mark.parametrize("count", [1, 3])
def test_telling_visitors_costs_the_same_for_any_number(entry, django_assert_num_queries, count):
    for number in range(count):
        ticket_of(entry, number=number, email=f"v{number}@example.com")
    before = known_of(entry.fair_id)
    Fair.objects.filter(pk=entry.fair_id).update(venue="南城会展馆（虚构）")
    fair = Fair.objects.get(pk=entry.fair_id)
    with django_assert_num_queries(7):
        tell_changes(fair=fair, before=before, now=BEFORE)
