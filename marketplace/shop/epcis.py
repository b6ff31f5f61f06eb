"""A lot's history as GS1 EPCIS 2.0 in JSON-LD (ISO/IEC 19987:2024, vocabulary CBV 2.0).

What was harvested or slaughtered is one lot of raw material; the last step of processing before
the packing, or the packing itself, turns it into the packs. Where a pack has a GTIN its lot is
named by a GS1 Digital Link, else by its page here, which CBV 2.0 allows as a private identifier.
We know days and not hours: an event's time is the beginning of its day in China.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from catalog.traceability.models import Lot, LotEvent
from marketplace.aftersales.models import Recall

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
Kind = LotEvent.Kind
BIRTHS = (Kind.HARVEST, Kind.SLAUGHTER)
# Business step and disposition by kind, of events that neither make nor turn anything.
STEPS = {
    Kind.GROWING: ("other", "in_progress"),
    Kind.HARVEST: ("creating_class_instance", "active"),
    Kind.SLAUGHTER: ("creating_class_instance", "active"),
    Kind.PROCESSING: ("other", "in_progress"),
    Kind.INSPECTION: ("inspecting", "in_progress"),
    Kind.PACKING: ("packing", "active"),
}


def epcis_document(*, lot: Lot, recall: Recall | None, now: datetime) -> dict[str, object]:
    """Of a lot that was read `for_trace()`, with its history."""
    return {
        "@context": [CONTEXT, {"yinshan": f"{settings.SITE_URL}/trace/#"}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": moment(now),
        "epcisBody": {"eventList": [*history(lot), *recalled(lot, recall)]},
    }


def history(lot: Lot) -> Iterator[dict[str, object]]:
    events = list(lot.events.all())
    turn = turning_point([event for event in events if not event.is_corrected])
    is_made = False
    for event in events:
        if event is turn:
            yield frame(event, "TransformationEvent") | transformation(lot)
            is_made = True
        else:
            yield frame(event, "ObjectEvent") | observation(lot, event, is_made)


def turning_point(events: Sequence[LotEvent]) -> LotEvent | None:
    """The event that turns raw material into packs; None while there is neither."""
    packings = [place for place, event in enumerate(events) if event.kind == Kind.PACKING]
    until = packings[0] if packings else len(events)
    processing = [event for event in events[:until] if event.kind == Kind.PROCESSING]
    if processing:
        return processing[-1]
    return events[until] if packings else None


def frame(event: LotEvent, kind: str) -> dict[str, object]:
    """When, where and why, in words and in the standard's; what was wrong says so."""
    step, disposition = STEPS[Kind(event.kind)]
    row = {
        "type": kind,
        "eventID": event_id(event.pk),
        "eventTime": start_of(event.on),
        "eventTimeZoneOffset": "+08:00",
        "bizStep": step,
        "disposition": disposition,
        "readPoint": {"id": maker_id(event.lot)},
        "bizLocation": {"id": maker_id(event.lot)},
        "yinshan:title": event.title,
        "yinshan:detail": event.detail,
        "yinshan:place": event.place or event.lot.place,
    }
    if event.recorded_at:
        row["recordTime"] = moment(event.recorded_at)
    if event.is_corrected:
        row["errorDeclaration"] = {
            "declarationTime": moment(event.corrected_by.recorded_at),
            "reason": "incorrect_data",
            "correctiveEventIDs": [event_id(event.corrected_by.pk)],
        }
    return {name: value for name, value in row.items() if value != ""}


def observation(lot: Lot, event: LotEvent, is_made: bool) -> dict[str, object]:
    is_birth = event.kind in BIRTHS and not is_made
    what = packs_of(lot) if is_made else raw_of(lot)
    row = {"action": "ADD" if is_birth else "OBSERVE", "quantityList": [what]}
    if is_birth:
        row["ilmd"] = {"cbvmda:lotNumber": lot.code, "cbvmda:countryOfOrigin": "CN"}
    return row


def transformation(lot: Lot) -> dict[str, object]:
    return {
        "transformationID": f"{lot_page(lot)}#transformation",
        "inputQuantityList": [raw_of(lot)],
        "outputQuantityList": [packs_of(lot)],
        "ilmd": {"cbvmda:lotNumber": lot.code, "cbvmda:countryOfOrigin": "CN"},
    }


def recalled(lot: Lot, recall: Recall | None) -> Iterable[dict[str, object]]:
    if recall is None:
        return
    yield {
        "type": "ObjectEvent",
        "eventID": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lot_page(lot) + '#recall')}",
        "eventTime": moment(recall.at),
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "quantityList": [packs_of(lot)],
        "bizStep": "holding",
        "disposition": "recalled",
        "readPoint": {"id": maker_id(lot)},
        "yinshan:detail": recall.reason,
    }


def raw_of(lot: Lot) -> dict[str, object]:
    return {"epcClass": f"{lot_page(lot)}#raw", "quantity": 1}


def packs_of(lot: Lot) -> dict[str, object]:
    """Counted in packs, so without a unit of measure."""
    gtin = gtin_of(lot.product.upc or "")
    link = f"https://id.gs1.org/01/{gtin}/10/{lot.code}" if gtin else lot_page(lot)
    return {"epcClass": link, "quantity": lot.quantity}


def gtin_of(number: str) -> str:
    """In 14 digits; "" for what is no GTIN by its length or its check digit."""
    if len(number) not in (8, 12, 13, 14) or not (number.isascii() and number.isdigit()):
        return ""
    digits = [int(digit) for digit in number.zfill(14)]
    total = sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits[:-1]))
    return number.zfill(14) if (10 - total % 10) % 10 == digits[-1] else ""


def lot_page(lot: Lot) -> str:
    return f"{settings.SITE_URL}/trace/{lot.code}/"


def maker_id(lot: Lot) -> str:
    return f"{settings.SITE_URL}/cooperatives/{lot.product.cooperative.slug}/"


def event_id(key: int) -> str:
    """The same for ever: it is made from the event's number and our address."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.SITE_URL}/trace/#event-{key}')}"


def moment(when: datetime) -> str:
    return timezone.localtime(when).isoformat(timespec="milliseconds")


def start_of(day: date) -> str:
    return f"{day.isoformat()}T00:00:00.000+08:00"
