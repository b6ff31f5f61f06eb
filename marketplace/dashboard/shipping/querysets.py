"""Reading a cooperative's parcels as its shipping room finds and shows them."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, F, Min, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from catalog.producers.models import Cooperative
from marketplace.order.models import Consignment, ConsignmentStep, Line, LineLot
from marketplace.order.querysets import ConsignmentQuerySet
from marketplace.order.states import IN_THE_HOUSE, State

LATE, TO_PACK, TO_SEND, SENT = "late", "to_pack", "to_send", "sent"
STAGES = [
    (LATE, _("Late")),
    (TO_PACK, _("To pack")),
    (TO_SEND, _("To send")),
    (SENT, _("On the way")),
]
IN_HOUSE = Q(state__in=IN_THE_HOUSE)


def stage_is(stage: str, today: date) -> Q:
    """ "" is all that is still in the house."""
    stages = {
        "": IN_HOUSE,
        LATE: IN_HOUSE & Q(dispatch_on__lt=today),
        TO_PACK: Q(state=State.PAID),
        TO_SEND: Q(state=State.PACKED),
        SENT: Q(state=State.SHIPPED),
    }
    return stages[stage]


def find_parcels(cooperative: Cooperative, filters: Mapping[str, object]) -> ConsignmentQuerySet:
    """Its parcels that fit every filter but the stage: q (part of a number), day, storage."""
    parcels = Consignment.objects.of_cooperative(cooperative.pk)
    if words := filters.get("q"):
        words = words.upper()
        parcels = parcels.filter(
            Q(order__number__contains=words) | Q(tracking_number__contains=words)
        )
    if day := filters.get("day"):
        parcels = parcels.filter(dispatch_on=day)
    if storage := filters.get("storage"):
        parcels = parcels.filter(storage=storage)
    return parcels


def count_stages(parcels: ConsignmentQuerySet, today: date) -> dict[str, int]:
    names = {"every": "", **{stage: stage for stage, _label in STAGES}}
    counts = {name: Count("pk", filter=stage_is(stage, today)) for name, stage in names.items()}
    found = parcels.order_by().aggregate(**counts)
    return {"": found.pop("every"), **found}


def for_rows(parcels: ConsignmentQuerySet) -> ConsignmentQuerySet:
    """What a row of the list reads, the first to leave first."""
    lines = Line.objects.order_by("pk")
    in_order = parcels.order_by(F("dispatch_on").asc(nulls_last=True), "pk")
    return in_order.select_related("order").prefetch_related(Prefetch("lines", lines))


def for_page(parcels: ConsignmentQuerySet) -> ConsignmentQuerySet:
    """All that a parcel's page, slip or label reads."""
    lines = Line.objects.select_related("product__parent").order_by("pk")
    lots = LineLot.objects.select_related("lot__product").order_by("pk")
    steps = ConsignmentStep.objects.select_related("by").order_by("pk")
    return parcels.select_related(
        "order__shipping_address", "partner__cooperative"
    ).prefetch_related(
        Prefetch("lines", lines), Prefetch("lines__lots", lots), Prefetch("steps", steps)
    )


def leaving_by(cooperative: Cooperative, day: date) -> ConsignmentQuerySet:
    """Still in the house and to leave until that day, the first first."""
    own = Consignment.objects.of_cooperative(cooperative.pk).in_the_house()
    return own.filter(dispatch_on__lte=day).order_by("dispatch_on", "pk")


def next_day(cooperative: Cooperative, today: date) -> date:
    """The next day on which parcels leave: today, or the first later one with any."""
    own = Consignment.objects.of_cooperative(cooperative.pk).in_the_house()
    coming = own.filter(dispatch_on__gte=today).order_by()
    return coming.aggregate(day=Min("dispatch_on"))["day"] or today
