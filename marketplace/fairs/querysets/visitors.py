"""Reading visitors: seats and who waits for them, tickets, and who came in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

ENTRY = "entry"


def rows_of(model: type[models.Model], name: str) -> models.QuerySet:
    """Of the model that points back at this one under that name."""
    return model._meta.get_field(name).related_model._default_manager.all()


class SessionQuerySet(models.QuerySet):
    def with_room(self) -> Self:
        """A free seat is left; without a capacity there always is one."""
        return self.filter(Q(capacity=None) | Q(taken__lt=F("capacity")))

    def to_sign_up_for(self, now: datetime) -> Self:
        """What the form offers: entry, and whatever has seats, until it ends."""
        offered = Q(kind=ENTRY) | Q(capacity__isnull=False)
        return self.filter(offered, ends_at__gt=now).order_by("begins_at", "pk")

    def lock(self, pks: Iterable[int]) -> Self:
        """In pk order, so that two visitors of the same sessions cannot block each other."""
        return self.select_for_update().filter(pk__in=pks).order_by("pk")

    def with_people_waiting(self, now: datetime) -> Self:
        """Those with room for somebody who waits, which another capacity leaves behind."""
        waiting = rows_of(self.model, "seats").waiting()
        mine = waiting.filter(session=OuterRef("pk"))
        return self.with_room().filter(Exists(mine), ends_at__gt=now).order_by("pk")

    def for_desk(self) -> Self:
        """What the organiser sees: seats and who waits."""
        waiting = Count("seats", filter=Q(seats__state="waiting"))
        return self.annotate(waiting=waiting).order_by("begins_at", "pk")


class SeatQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """First come, first served."""
        return self.filter(state="waiting", ticket__cancelled_at=None).order_by("asked_at", "pk")

    def live(self) -> Self:
        return self.exclude(state="cancelled")

    def by_time(self) -> Self:
        return self.select_related("session").order_by("session__begins_at", "pk")

    def with_place(self) -> Self:
        """`ahead`: how many wait before it."""
        before = Q(asked_at__lt=OuterRef("asked_at")) | Q(
            asked_at=OuterRef("asked_at"), pk__lt=OuterRef("pk")
        )
        others = self.model.objects.filter(before, session=OuterRef("session"), state="waiting")
        count = others.order_by().values("session").annotate(n=Count("pk")).values("n")
        return self.annotate(ahead=Coalesce(Subquery(count), 0))


class TicketQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(cancelled_at=None)

    def for_page(self) -> Self:
        """The ticket's own page: the fair, its seats in their order, when it first came in."""
        seats = rows_of(self.model, "seats").with_place().by_time()
        return self.select_related("fair").with_coming().prefetch_related(Prefetch("seats", seats))

    def with_coming(self) -> Self:
        """`came_at`: when it first came in, if it has."""
        came = rows_of(self.model, "check_ins").filter(ticket=OuterRef("pk")).order_by("at")
        return self.annotate(came_at=Subquery(came.values("at")[:1]))

    def for_door(self) -> Self:
        """What a door needs of a ticket that it reads."""
        seats = rows_of(self.model, "seats").live().by_time()
        return self.select_related("fair").prefetch_related(Prefetch("seats", seats))

    def for_list(self) -> Self:
        """The organiser's list and export."""
        seats = rows_of(self.model, "seats").live().by_time()
        return self.with_coming().prefetch_related(Prefetch("seats", seats))

    def with_seat_in(self, sessions: Iterable[int], now: datetime) -> Self:
        """Live ones with a seat, were it only waited for, in one of those that is not over."""
        seats = rows_of(self.model, "seats").live().filter(session__in=sessions)
        mine = seats.filter(ticket=OuterRef("pk"), session__ends_at__gt=now)
        return self.live().filter(Exists(mine)).order_by("pk")

    def to_erase(self, last_day: date) -> Self:
        """Of fairs that ended by that day, and not erased yet."""
        return self.filter(fair__ends_on__lte=last_day, erased_at=None)


class CheckInQuerySet(models.QuerySet):
    def of_day(self, fair_id: int, day: date) -> Self:
        return self.filter(ticket__fair=fair_id, day=day)


class DoorQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        """Those that are open first, each with how many came in there."""
        return self.annotate(readings=Count("check_ins")).order_by(
            F("closed_at").asc(nulls_first=True), "name"
        )
