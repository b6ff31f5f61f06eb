"""One page of the messages that were written to people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.messages.forms import STATES, STUCK, WAITING, MessageFilterForm
from marketplace.order.models import Order
from marketplace.order.notices import Notice
from marketplace.order.services.late import EVENT as DUE
from marketplace.outbox.models import Message
from marketplace.outbox.querysets import MOST_ATTEMPTS, MessageQuerySet, is_stuck

SENT = "sent"


@dataclass(frozen=True)
class MessageOnPage:
    """A message; `number` is that of the order it is about, "" when it is about none of ours."""

    message: Message
    number: str
    now: datetime

    @property
    def state(self) -> str:
        if self.message.sent_at:
            return SENT
        stuck = self.message.last_error or self.message.is_late_at(self.now)
        return STUCK if stuck else WAITING

    @property
    def state_label(self) -> str:
        return {SENT: _("Sent"), **dict(STATES)}[self.state]

    @property
    def about(self) -> str:
        return event_words(self.message.event)

    @property
    def problem(self) -> str:
        """What went wrong, and whether it is tried again; "" when nothing did."""
        if self.state != STUCK:
            return ""
        if not self.message.attempts:
            return _("Nobody has tried to send it. Is the worker running?")
        if self.message.attempts >= MOST_ATTEMPTS:
            words = _("Tried %(count)s times and given up: %(error)s")
        else:
            words = _("Tried %(count)s times, is tried again: %(error)s")
        error = self.message.last_error or _("no answer")
        return words % {"count": self.message.attempts, "error": error}

    @property
    def may_be_sent(self) -> bool:
        return self.state == STUCK


@dataclass(frozen=True)
class MessageList(Listing):
    BY = "state"

    rows: list[MessageOnPage]

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def read_messages(*, params: QueryDict, path: str, now: datetime) -> MessageList:
    """The page that the address asks for, newest first. Raises NoSuchPage."""
    form = MessageFilterForm(params)
    found = Message.objects.found(form.chosen.get("q", ""))
    counts, state = count_states(found, now), form.chosen.get("state", "")
    page = read_page(
        in_state(found, state, now).order_by("-pk"), total=counts[state], form=form, path=path
    )
    return MessageList(form, page, counts, path, list(on_page(page.object_list, now)))


def in_state(found: MessageQuerySet, state: str, now: datetime) -> MessageQuerySet:
    if state == WAITING:
        return found.waiting(now)
    return found.stuck(now) if state == STUCK else found


def count_states(found: MessageQuerySet, now: datetime) -> dict[str, int]:
    stuck = is_stuck(now)
    counts = found.order_by().aggregate(
        every=Count("pk"),
        stuck=Count("pk", filter=stuck),
        waiting=Count("pk", filter=~stuck & Q(sent_at=None)),
    )
    return {"": counts["every"], WAITING: counts["waiting"], STUCK: counts["stuck"]}


def on_page(found: Iterable[Message], now: datetime) -> Iterator[MessageOnPage]:
    rows = list(found)
    numbers = {number_in(message.event) for message in rows}
    known = set(Order.objects.filter(number__in=numbers).values_list("number", flat=True))
    for message in rows:
        number = number_in(message.event)
        yield MessageOnPage(message, number if number in known else "", now)


def number_in(event: str) -> str:
    """Of the order: events are written as what:number or what:number:about."""
    return event.partition(":")[2].partition(":")[0]


def event_words(event: str) -> str:
    """What happened; what is not known by a word of ours stands as it is."""
    words = {
        Notice.PLACED: _("Order placed"),
        Notice.PAID: _("Order paid"),
        Notice.SHIPPED: _("Parcel sent"),
        DUE: _("Parcels must leave today"),
        Notice.EXPIRED: _("Order expired"),
        Notice.CANCELLED: _("Order cancelled"),
        Notice.LATE: _("Money came too late"),
        Notice.REFUNDED: _("Refunded"),
        Notice.REFUND_FAILED: _("Refund failed"),
        "application": _("Application went on"),
        "objection": _("Objection answered"),
        "paper_ends": _("Paper ends soon"),
        "listing_approved": _("Good approved"),
        "listing_returned": _("Good returned"),
        "good_withdrawn": _("Good taken off sale"),
        "good_restored": _("Good put back"),
        "good_changed": _("Good changed by the market"),
        "good_paper": _("Paper taken away"),
        "post_appointed": _("Appointed to a post"),
        "post_ended": _("Post ends"),
        "fee_rate": _("Fee changes"),
        "exhibitor": _("Application to a fair decided"),
        "booth_held": _("Booth held"),
        "booth_released": _("Booth taken back"),
        "ticket": _("Ticket of a visitor"),
        "page": _("Page reviewed or commented on"),
    }
    return words.get(event.partition(":")[0], event)
