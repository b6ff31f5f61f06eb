"""Reading orders as the back office finds and shows them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.mobile import normalise_mobile
from marketplace.accounts.models import MOBILE
from marketplace.months import start_of
from marketplace.order.models import Consignment, ConsignmentStep, Line, Order
from marketplace.order.querysets import OrderQuerySet
from marketplace.order.states import IN_THE_HOUSE
from marketplace.payment.models import Refund

State = Consignment.State
LATE, MIXED = "late", "mixed"
ORDER_STATES = [
    (LATE, _("Late")),
    *Consignment.State.choices,
    (MIXED, _("Parcels differ")),
]


def find_orders(filters: Mapping[str, object]) -> OrderQuerySet:
    """Orders that fit every filter but the state: q, since, until (days), cooperative (slug)."""
    orders = Order.objects.all()
    if words := filters.get("q"):
        orders = orders.filter(_asked_for(words))
    if since := filters.get("since"):
        orders = orders.filter(date_placed__gte=start_of(since))
    if until := filters.get("until"):
        orders = orders.filter(date_placed__lt=start_of(until + timedelta(days=1)))
    if slug := filters.get("cooperative"):
        parcels = Consignment.objects.filter(partner__cooperative__slug=slug)
        orders = orders.filter(pk__in=parcels.values("order"))
    return orders


def _asked_for(words: str) -> Q:
    """A whole mobile number, a whole e-mail address, or part of an order's number."""
    if "@" in words:
        return Q(guest_email__iexact=words) | Q(user__email__iexact=words)
    mobile = normalise_mobile(words)
    if MOBILE.regex.fullmatch(mobile):
        return Q(shipping_address__phone_number=f"+86{mobile}") | Q(user__phone=mobile)
    return Q(number__contains=words.upper())


def in_state(orders: OrderQuerySet, state: str, now: datetime) -> OrderQuerySet:
    """Orders whose parcels are all in the state; MIXED for those whose parcels differ, LATE for
    those with a parcel that should have left before that day."""
    fitting = _with_ends(orders).filter(_is(state, now))
    return orders.filter(pk__in=fitting.values("pk"))


def count_states(orders: OrderQuerySet, now: datetime) -> dict[str, int]:
    """How many of the orders are in each state, MIXED included; "" counts all of them."""
    counts = {state: Count("pk", filter=_is(state, now)) for state, _label in ORDER_STATES}
    found = _with_ends(orders).aggregate(**counts, every=Count("pk"))
    return {"": found.pop("every"), **found}


def _with_ends(orders: OrderQuerySet) -> OrderQuerySet:
    """With the first and the last state of the order's parcels by the alphabet: where they are
    the same, all parcels are in it; and with the first day on which one still has to leave."""
    in_house = Q(consignments__state__in=IN_THE_HOUSE)
    return orders.order_by().annotate(
        first=Min("consignments__state"),
        last=Max("consignments__state"),
        leaves=Min("consignments__dispatch_on", filter=in_house),
    )


def _is(state: str, now: datetime) -> Q:
    """The same as `state_of` says, for orders `_with_ends`; LATE beside their state."""
    if state == LATE:
        return Q(leaves__lt=timezone.localdate(now))
    if state == MIXED:
        return Q(first__lt=F("last"))
    waiting = Q(first=State.AWAITING_PAYMENT, last=State.AWAITING_PAYMENT)
    overdue = Q(held_until__isnull=False, held_until__lte=now)
    if state == State.AWAITING_PAYMENT:
        return waiting & ~overdue
    every = Q(first=state, last=state)
    return every | (waiting & overdue) if state == State.EXPIRED else every


def state_of(order: Order, now: datetime) -> str:
    """The state of all prefetched parcels of the order, as the clock has it, or MIXED."""
    differ = len({parcel.state for parcel in order.consignments.all()}) > 1
    return MIXED if differ else order.state_at(now)


def count_parcels() -> Counter[str]:
    """How many parcels are in each state."""
    rows = Consignment.objects.order_by().values_list("state").annotate(Count("pk"))
    return Counter(dict(rows))


def for_rows(orders: OrderQuerySet) -> OrderQuerySet:
    """What a row of the list reads, newest order first."""
    parcels = Consignment.objects.select_related("partner__cooperative").order_by("pk")
    return (
        orders.select_related("shipping_address")
        .prefetch_related(Prefetch("consignments", parcels))
        .order_by("-date_placed", "-pk")
    )


def for_reading(orders: OrderQuerySet) -> OrderQuerySet:
    """Everything of one order: parcels with lines, makers and steps, who made each, discounts,
    and what was paid and given back."""
    steps = ConsignmentStep.objects.select_related("by").order_by("pk")
    parcels = Consignment.objects.select_related("partner__cooperative").order_by("pk")
    return orders.select_related("shipping_address", "user", "payment").prefetch_related(
        Prefetch("consignments", parcels),
        Prefetch("consignments__steps", steps),
        Prefetch("consignments__lines", Line.objects.order_by("pk")),
        Prefetch("payment__refunds", Refund.objects.for_office().order_by("pk")),
        "discounts",
    )
