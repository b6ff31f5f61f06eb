"""How many came in, at a door, in an hour, on a day; and how many are expected."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour
from django.utils import timezone

from marketplace.fairs.models import CheckIn, Door, Fair, Session
from marketplace.fairs.phases import days_of

LAST = 10


@dataclass(frozen=True)
class DoorCounts:
    """Of one day: in at this door, in at all doors, with a ticket for it; who came last here."""

    here: int
    everywhere: int
    expected: int
    last: list[CheckIn]


@dataclass(frozen=True)
class DayCounts:
    day: date
    came: int
    expected: int

    @property
    def share(self) -> int | None:
        """Percent of those expected."""
        return round(100 * self.came / self.expected) if self.expected else None


@dataclass(frozen=True)
class FairCounts:
    """Of a fair by day; of one of its days by door and by hour."""

    days: list[DayCounts]
    day: date
    doors: list[tuple[str, int]]
    hours: list[tuple[int, int]]

    @property
    def busiest(self) -> int:
        return max((count for _hour, count in self.hours), default=0)

    @property
    def came(self) -> int:
        return sum(each.came for each in self.days)


def door_counts(door: Door, day: date) -> DoorCounts:
    """Three queries, however many came."""
    came = CheckIn.objects.of_day(door.fair_id, day)
    counts = came.aggregate(everywhere=Count("pk"), here=Count("pk", filter=Q(door=door)))
    last = came.filter(door=door).select_related("ticket").order_by("-at", "pk")[:LAST]
    expected = expected_by_day(door.fair).get(day, 0)
    return DoorCounts(counts["here"], counts["everywhere"], expected, list(last))


def fair_counts(fair: Fair, day: date) -> FairCounts:
    """Four queries, however many came. Doors that were opened and never used are there, too."""
    came = CheckIn.objects.filter(ticket__fair=fair)
    by_day = dict(came.values_list("day").annotate(n=Count("pk")))
    expected = expected_by_day(fair)
    days = [DayCounts(each, by_day.get(each, 0), expected.get(each, 0)) for each in days_of(fair)]
    at_day = Count("check_ins", filter=Q(check_ins__day=day))
    doors = list(Door.objects.filter(fair=fair).annotate(n=at_day).values_list("name", "n"))
    hour = ExtractHour("at", tzinfo=timezone.get_current_timezone())
    of_day = came.filter(day=day).annotate(hour=hour)
    hours = list(of_day.values_list("hour").annotate(n=Count("pk")).order_by("hour"))
    return FairCounts(days, day, sorted(doors), hours)


def expected_by_day(fair: Fair) -> dict[date, int]:
    """Confirmed tickets for each day, from the counters of its entry."""
    rows = Session.objects.filter(fair=fair, kind=Session.Kind.ENTRY)
    totals: dict[date, int] = {}
    for session in rows.only("begins_at", "taken"):
        totals[session.day] = totals.get(session.day, 0) + session.taken
    return totals
