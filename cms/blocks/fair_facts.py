"""What a page tells of a fair: its days, how long until it opens, programme, place and sign-up.

The fair's own page and the sections of other pages show the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from marketplace.day_words import day_span, month_day, near_day
from marketplace.fairs.models import Fair, Session
from marketplace.fairs.phases import (
    Countdown,
    Phase,
    countdown_to,
    first_opening,
    hours_of,
    is_open,
    phase_of,
)
from marketplace.fairs.visiting import SignUp, sign_up_of, takes_visitors

MAP = "https://uri.amap.com/marker"


@dataclass(frozen=True)
class Item:
    """A row of a programme; `seats_left` is None where everybody may come."""

    begins: str
    title: str
    place: str = ""
    seats_left: int | None = None


@dataclass(frozen=True)
class ProgrammeDay:
    name: str
    items: list[Item]


@dataclass(frozen=True)
class Venue:
    """Where something is held, and how one gets there; `map_url` leads to a map."""

    name: str
    address: str
    transport: str
    map_url: str = ""


class FairFacts:
    """A fair at the moment `now`; `url` is the address of its page.

    Who reads several fairs at once gives their `sessions`, by beginning; otherwise they are read
    at their first use.
    """

    def __init__(
        self, fair: Fair, *, now: datetime, url: str = "", sessions: list[Session] | None = None
    ) -> None:
        self.fair = fair
        self.now = now
        self.url = url
        if sessions is not None:
            self.sessions = sessions

    @property
    def day(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def phase(self) -> Phase:
        return phase_of(self.fair, self.now)

    @property
    def is_open(self) -> bool:
        return is_open(self.fair, self.now)

    @property
    def countdown(self) -> Countdown | None:
        if self.phase in (Phase.CALL, Phase.COMING):
            return countdown_to(first_opening(self.fair), self.now)
        return None

    @property
    def days_left(self) -> int:
        """By the calendar, so that the evening before is one day, not none."""
        return (self.fair.begins_on - self.day).days

    @property
    def sign_up_url(self) -> str:
        return reverse("tickets:new", args=[self.fair.pk])

    @property
    def takes_visitors(self) -> bool:
        return takes_visitors(self.fair, self.now)

    @property
    def sign_up(self) -> SignUp:
        return sign_up_of(self.fair, self.sessions, self.now)

    @property
    def dates(self) -> str:
        return day_span(self.fair.begins_on, self.fair.ends_on)

    @property
    def hours(self) -> str:
        """9:00–18:00, and when the last day ends earlier."""
        opens, closes = hours_of(self.fair, self.fair.begins_on)
        words = f"{clock(opens)}–{clock(closes)}"
        if not self.fair.last_closes_at or self.fair.begins_on == self.fair.ends_on:
            return words
        return _("%(hours)s, %(day)s until %(time)s") % {
            "hours": words,
            "day": near_day(self.fair.ends_on),
            "time": clock(self.fair.last_closes_at),
        }

    @cached_property
    def sessions(self) -> list[Session]:
        return list(Session.objects.filter(fair=self.fair).order_by("begins_at", "pk"))

    @cached_property
    def programme(self) -> list[ProgrammeDay]:
        """What happens, day by day; entry itself is no part of it."""
        return by_day((each.day, item_of(each)) for each in self.sessions if not each.is_entry)

    @property
    def venue(self) -> Venue:
        fair = self.fair
        address = f"{fair.region.name_text} · {fair.address_text}"
        return Venue(fair.venue_text, address, fair.transport_text, self.map_url)

    @property
    def map_url(self) -> str:
        """Of the map that most phones in China open by themselves."""
        fair = self.fair
        if fair.latitude is None or fair.longitude is None:
            return ""
        position = f"{fair.longitude},{fair.latitude}"
        return f"{MAP}?{urlencode({'position': position, 'name': fair.venue})}"


def item_of(session: Session) -> Item:
    begins = clock(timezone.localtime(session.begins_at).time())
    return Item(begins, session.title_text, session.place_text, session.seats_left)


def by_day(items: Iterable[tuple[date | None, Item]]) -> list[ProgrammeDay]:
    """In the order given; a day that is not said has no name."""
    days = groupby(items, key=lambda row: row[0])
    return [
        ProgrammeDay(month_day(day) if day else "", [item for _day, item in rows])
        for day, rows in days
    ]


def clock(moment: time) -> str:
    return time_format(moment, "G:i")
