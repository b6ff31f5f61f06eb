"""Who comes to a fair: its programme, tickets, seats, and who is in."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey

from marketplace.accounts.models import MOBILE
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.querysets import (
    CheckInQuerySet,
    DoorQuerySet,
    SeatQuerySet,
    SessionQuerySet,
    TicketQuerySet,
)
from marketplace.localised import localised_property


class Session(models.Model):
    """Something with a beginning and an end: entry on one day, a show, a talk, a meeting.

    Without `capacity` everybody may come and nobody signs up for it, except entry: it is always
    signed up for. `taken` counts the confirmed seats, so that the last one is given out by one
    conditional UPDATE.
    """

    class Kind(models.TextChoices):
        ENTRY = "entry", _("Entry")
        SHOW = "show", _("Show and tasting")
        TALK = "talk", _("Talk")
        MEETING = "meeting", _("Buyers meet producers")

    fair = ParentalKey(Fair, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(_("Kind"), max_length=7, choices=Kind.choices)
    title = models.CharField(_("Title"), max_length=60)
    title_en = models.CharField(_("Title in English"), max_length=100, blank=True)
    begins_at = models.DateTimeField(_("Begins at"))
    ends_at = models.DateTimeField(_("Ends at"))
    place = models.CharField(_("Place"), max_length=40, blank=True)
    place_en = models.CharField(_("Place in English"), max_length=60, blank=True)
    capacity = models.PositiveIntegerField(_("Seats"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("Seats taken"), default=0, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Programme item")
        verbose_name_plural = _("Programme")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="session_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="session_takes_no_more_than_it_has",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """`taken` is counted by conditional UPDATEs alone: an editor's form, opened before the last
        visitor signed up, must not write the older number back."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            fields = self._meta.concrete_fields
            kwargs["update_fields"] = [f.name for f in fields if f.name not in ("id", "taken")]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Nobody's confirmed seat is taken away, and what was signed up for stays so."""
        if self.taken and not self.is_entry and self.capacity is None:
            raise ValidationError({"capacity": _("People have signed up: say how many seats.")})
        if self.capacity is not None and self.capacity < self.taken:
            words = _("%(taken)s seats are confirmed already; there cannot be fewer.")
            raise ValidationError({"capacity": words % {"taken": self.taken}})

    title_text = localised_property("title")
    place_text = localised_property("place")

    @property
    def is_entry(self) -> bool:
        return self.kind == self.Kind.ENTRY

    @property
    def day(self) -> date:
        """In Beijing."""
        return timezone.localdate(self.begins_at)

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity

    @property
    def seats_left(self) -> int | None:
        """None where everybody may come."""
        return None if self.capacity is None else self.capacity - self.taken


class Ticket(models.Model):
    """One visitor of a fair. `code` is in the QR code and cannot be guessed; `number` is what is
    typed at the door when a phone cannot be read.

    Name, phone and e-mail address are erased some days after the fair; the counts stay.
    """

    class Purpose(models.TextChoices):
        SHOPPING = "shopping", _("To look around and buy")
        TRADE = "trade", _("To buy for a firm or canteen")
        PRESS = "press", _("For the press")

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="tickets")
    code = models.CharField(_("Code"), max_length=32, unique=True)
    number = models.CharField(_("Number"), max_length=8)
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=40, blank=True)
    phone = models.CharField(_("Mobile number"), max_length=11, blank=True, validators=[MOBILE])
    email = models.EmailField(_("E-mail address"), blank=True)
    purpose = models.CharField(
        _("What for"), max_length=8, choices=Purpose.choices, default=Purpose.SHOPPING
    )
    language = models.CharField(max_length=7)
    consented_at = models.DateTimeField(_("Consented at"))
    cancelled_at = models.DateTimeField(_("Cancelled at"), null=True)
    erased_at = models.DateTimeField(_("Erased at"), null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ticket")
        verbose_name_plural = _("Tickets")
        constraints = [
            models.UniqueConstraint(fields=["fair", "number"], name="ticket_number_once_per_fair"),
            models.UniqueConstraint(
                fields=["fair", "phone"],
                condition=Q(cancelled_at__isnull=True) & ~Q(phone=""),
                name="ticket_one_per_phone",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(name="", phone="", email=""),
                name="ticket_erased_of_everything",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def masked_name(self) -> str:
        """李**: enough to know one's own ticket, too little for whoever looks over a shoulder."""
        return f"{self.name[:1]}**" if self.name else ""


class Seat(models.Model):
    """A ticket's place in a session: confirmed, or waiting for one that gets free."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("seat", "Confirmed")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="seats")
    session = models.ForeignKey(Session, models.PROTECT, related_name="seats")
    state = models.CharField(_("State"), max_length=9, choices=State.choices)
    asked_at = models.DateTimeField(_("Asked at"))
    moved_up_at = models.DateTimeField(_("Moved up at"), null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("Seat")
        verbose_name_plural = _("Seats")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "session"], name="seat_once_per_session")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.session_id}"


class Door(models.Model):
    """A door at which tickets are read. Whoever has its link may read there, until it is closed."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="doors")
    name = models.CharField(_("Name"), max_length=40)
    token = models.CharField(_("Key of the link"), max_length=43, unique=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True)

    objects = DoorQuerySet.as_manager()

    class Meta:
        verbose_name = _("Door")
        verbose_name_plural = _("Doors")
        constraints = [models.UniqueConstraint(fields=["fair", "name"], name="door_name_once")]

    def __str__(self) -> str:
        return self.name


class CheckIn(models.Model):
    """A ticket that came in, once a day. Its key is made by the phone at the door, so that the same
    reading sent twice is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="check_ins")
    door = models.ForeignKey(Door, models.PROTECT, related_name="check_ins")
    day = models.DateField(_("Day"))
    at = models.DateTimeField(_("At"))

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("Check-in")
        verbose_name_plural = _("Check-ins")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "day"], name="check_in_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.day}"
