"""A fair that takes visitors: its programme, tickets with seats, doors."""

from datetime import datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from marketplace.fairs.models import Door, Fair, Session, Ticket
from marketplace.fairs.services.sign_up import Visitor, sign_up
from tests.factories.fairs import BEIJING, FairFactory

# The fair's days are 15 to 17 January 2027, from nine to six.
BEFORE = datetime(2027, 1, 4, 10, tzinfo=BEIJING)
OPENING = datetime(2027, 1, 15, 9, tzinfo=BEIJING)
FIRST_DAY = datetime(2027, 1, 15, 10, 42, tzinfo=BEIJING)
SECOND_DAY = FIRST_DAY + timedelta(days=1)
AFTER = datetime(2027, 1, 18, 9, tzinfo=BEIJING)


class PlannedFairFactory(FairFactory):
    state = Fair.State.PLANNED


class SessionFactory(DjangoModelFactory):
    """Entry on the first day, with 100 seats; `on` is another day, counted from 0."""

    class Meta:
        model = Session

    class Params:
        on = 0
        from_hour = 9
        to_hour = 18

    fair = factory.SubFactory(PlannedFairFactory)
    kind = Session.Kind.ENTRY
    title = factory.LazyAttribute(lambda o: f"第{o.on + 1}天入场")
    title_en = factory.LazyAttribute(lambda o: f"Entry on day {o.on + 1}")
    begins_at = factory.LazyAttribute(
        lambda o: OPENING + timedelta(days=o.on, hours=o.from_hour - 9)
    )
    ends_at = factory.LazyAttribute(lambda o: OPENING + timedelta(days=o.on, hours=o.to_hour - 9))
    capacity = 100


class TalkFactory(SessionFactory):
    """An hour in the afternoon, with 20 seats."""

    class Params:
        from_hour = 14
        to_hour = 15

    kind = Session.Kind.TALK
    title = "莜面怎么和"
    title_en = "How to knead oats"
    place = "2号台"


class DoorFactory(DjangoModelFactory):
    class Meta:
        model = Door

    fair = factory.SubFactory(PlannedFairFactory)
    name = factory.Sequence(lambda n: f"{n}号门")
    token = factory.Sequence(lambda n: f"door-{n}-".ljust(43, "x"))


def phone_of(number: int) -> str:
    return f"138{number:08}"


def visitor_of(number: int = 1, **values) -> Visitor:
    """The visitor of that number, who gave no e-mail address unless told so."""
    return Visitor(**{"name": f"访客{number}", "phone": phone_of(number), **values})


def ticket_of(
    *sessions: Session, number: int = 1, now=BEFORE, language="zh-hans", **values
) -> Ticket:
    """A ticket as its visitor gets it."""
    return sign_up(
        fair=sessions[0].fair,
        visitor=visitor_of(number, **values),
        sessions=[session.pk for session in sessions],
        consented=True,
        language=language,
        now=now,
    )
