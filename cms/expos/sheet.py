"""What the pages of one fair show beside the words of their editors.

Each kind of row is read at its first use and in one query, however long the lists are.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from cms.expos.sign_up import SignUpForm, sign_up_form
from marketplace.day_words import day_span, month_day, near_day
from marketplace.fairs.models import (
    Booth,
    Exhibitor,
    Fair,
    FairOrganisation,
    Session,
    Zone,
)
from marketplace.fairs.phases import (
    Countdown,
    Phase,
    countdown_to,
    first_opening,
    hours_of,
    is_open,
    phase_of,
)
from marketplace.fairs.visiting import takes_visitors

MAP = "https://uri.amap.com/marker"


@dataclass(frozen=True)
class Stand:
    """A booth on the plan and who stands there."""

    number: str
    exhibitor: Exhibitor | None


@dataclass(frozen=True)
class ProgrammeDay:
    name: str
    sessions: list[Session]


@dataclass(frozen=True)
class Part:
    """Who has one of the parts in a fair: host, co-host, carried out by."""

    key: str
    role: str
    names: list[str]


class FairSheet:
    """A fair at the moment `now`."""

    def __init__(self, fair: Fair, *, now: datetime) -> None:
        self.fair = fair
        self.now = now

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

    @cached_property
    def sign_up_form(self) -> SignUpForm:
        return sign_up_form(self.fair)

    @property
    def sign_up_url(self) -> str:
        return reverse("tickets:new", args=[self.fair.pk])

    @property
    def takes_visitors(self) -> bool:
        return takes_visitors(self.fair, self.now)

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
    def exhibitors(self) -> list[Exhibitor]:
        """Those accepted, in the order of their booths; who has none yet comes last."""
        return list(Exhibitor.objects.on_show(self.fair, self.day))

    @cached_property
    def booths(self) -> list[Booth]:
        booths = Booth.objects.filter(fair=self.fair).select_related("zone")
        return list(booths.order_by("zone__sort_order", "zone__code", "number"))

    @property
    def zones(self) -> list[Zone]:
        """Those with booths."""
        return list({booth.zone_id: booth.zone for booth in self.booths}.values())

    @cached_property
    def plan(self) -> list[tuple[Zone, list[Stand]]]:
        """Every zone with its booths, and who stands at each."""
        standing = {one.booth_number: one for one in self.exhibitors if one.booth_number}
        return [
            (
                zone,
                [
                    Stand(booth.number, standing.get(booth.number))
                    for booth in self.booths
                    if booth.zone_id == zone.pk
                ],
            )
            for zone in self.zones
        ]

    @cached_property
    def sessions(self) -> list[Session]:
        return list(Session.objects.filter(fair=self.fair).order_by("begins_at", "pk"))

    @cached_property
    def programme(self) -> list[ProgrammeDay]:
        """What happens, day by day; entry itself is no part of it."""
        shown = (session for session in self.sessions if session.kind != Session.Kind.ENTRY)
        days = groupby(shown, key=lambda session: timezone.localdate(session.begins_at))
        return [ProgrammeDay(month_day(day), list(rows)) for day, rows in days]

    @property
    def signed_up(self) -> int:
        entries = (each for each in self.sessions if each.kind == Session.Kind.ENTRY)
        return sum(each.taken for each in entries)

    @cached_property
    def parts(self) -> list[Part]:
        rows = FairOrganisation.objects.filter(fair=self.fair).select_related("organisation")
        by_role: dict[str, list[str]] = {role: [] for role in FairOrganisation.Role.values}
        for row in rows.order_by("sort_order", "pk"):
            by_role[row.role].append(row.organisation.name_text)
        labels = dict(FairOrganisation.Role.choices)
        return [Part(role, str(labels[role]), names) for role, names in by_role.items() if names]

    @property
    def hosts(self) -> list[str]:
        hosting = (part for part in self.parts if part.key == FairOrganisation.Role.HOST)
        return [name for part in hosting for name in part.names]

    @property
    def map_url(self) -> str:
        """Of the map that most phones in China open by themselves."""
        fair = self.fair
        if fair.latitude is None or fair.longitude is None:
            return ""
        position = f"{fair.longitude},{fair.latitude}"
        return f"{MAP}?{urlencode({'position': position, 'name': fair.venue})}"


def clock(moment: time) -> str:
    return time_format(moment, "G:i")
