"""Some invented visitors of the fairs, with a waiting list and a door at which some came in."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from marketplace.fairs.models import Door, Fair, Session, Ticket
from marketplace.fairs.services.check_in import check_in
from marketplace.fairs.services.doors import open_door
from marketplace.fairs.services.sign_up import Visitor, sign_up

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
MORNING, LATER = time(9, 40), time(10, 42)
# How many sign up, and how many of them have come in today.
COMING, TODAY, IN_TODAY = 64, 40, 18


def load_visitors(*, fairs: Mapping[str, Fair], today: date) -> None:
    """Once: a fair that has tickets has had its visitors."""
    if Ticket.objects.exists():
        return
    morning = timezone.make_aware(datetime.combine(today, MORNING))
    sign_up_some(fairs["new-year"], COMING, morning)
    tickets = sign_up_some(fairs["courtyard"], TODAY, morning)
    let_in(fairs["courtyard"], tickets[:IN_TODAY], today)


def sign_up_some(fair: Fair, count: int, now: datetime) -> list[Ticket]:
    """The days of the fair take turns; every second visitor also wants a seat, so that some
    session fills up and some wait."""
    sessions = Session.objects.filter(fair=fair, ends_at__gt=now).order_by("begins_at", "pk")
    days = [each for each in sessions if each.kind == Session.Kind.ENTRY]
    seated = [each for each in sessions if each.kind != Session.Kind.ENTRY and each.capacity]
    fewest = min(seated, key=lambda session: session.capacity)
    tickets = []
    for number in range(count):
        day = days[number % len(days)]
        wanted = [day.pk, fewest.pk] if number % 2 else [day.pk]
        tickets.append(
            sign_up(
                fair=fair,
                visitor=Visitor(f"{SURNAMES[number % 20]}演示", f"1380000{number:04}"),
                sessions=wanted,
                consented=True,
                language="zh-hans",
                now=now,
            )
        )
    return tickets


def let_in(fair: Fair, tickets: list[Ticket], today: date) -> None:
    doors: list[Door] = [open_door(fair=fair, name=name) for name in ("院门", "东侧门")]
    now = timezone.make_aware(datetime.combine(today, LATER))
    for number, ticket in enumerate(tickets):
        check_in(door=doors[number % 2], text=ticket.number, scan_id=uuid.uuid4(), now=now)
