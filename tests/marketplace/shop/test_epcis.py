"""A lot's history as EPCIS 2.0: the parts of GS1's JSON schema that we use, written out here.

Source: github.com/gs1/EPCIS, JSON-Schema (Document, ObjectEvent, TransformationEvent, bizStep).
"""

import json
import re
from datetime import date, datetime

import pytest
from pydantic import AnyUrl, BaseModel, ConfigDict, Field

from catalog.models import Product
from catalog.traceability.models import LotEvent
from marketplace.aftersales.recalls import recall_lot
from marketplace.shop.epcis import gtin_of
from tests.factories import ProductFactory
from tests.factories.lots import lot_of
from tests.marketplace.buying import DAY, NOW

pytestmark = pytest.mark.django_db
OFFSET = r"^([+]|[-])((0[0-9]|1[0-3]):([0-5][0-9])|14:00)$"
STEPS = "^(creating_class_instance|holding|inspecting|other|packing)$"
DISPOSITIONS = "^(active|in_progress|recalled)$"
EXTENSION = re.compile(r"yinshan:\w+")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Quantity(Strict):
    epcClass: AnyUrl  # noqa: N815
    quantity: float = Field(strict=True)


class Place(Strict):
    id: AnyUrl


class Error(Strict):
    declarationTime: datetime  # noqa: N815
    reason: str = Field(pattern="^(did_not_occur|incorrect_data)$")
    correctiveEventIDs: list[AnyUrl]  # noqa: N815


class Event(Strict):
    eventID: AnyUrl  # noqa: N815
    eventTime: datetime  # noqa: N815
    eventTimeZoneOffset: str = Field(pattern=OFFSET)  # noqa: N815
    recordTime: datetime | None = None  # noqa: N815
    errorDeclaration: Error | None = None  # noqa: N815
    bizStep: str = Field(pattern=STEPS)  # noqa: N815
    disposition: str = Field(pattern=DISPOSITIONS)
    readPoint: Place  # noqa: N815
    bizLocation: Place | None = None  # noqa: N815
    ilmd: dict[str, str] | None = None


class ObjectEvent(Event):
    type: str = Field(pattern="^ObjectEvent$")
    action: str = Field(pattern="^(OBSERVE|ADD|DELETE)$")
    quantityList: list[Quantity] = Field(min_length=1)  # noqa: N815


class TransformationEvent(Event):
    type: str = Field(pattern="^TransformationEvent$")
    transformationID: AnyUrl  # noqa: N815
    inputQuantityList: list[Quantity] = Field(min_length=1)  # noqa: N815
    outputQuantityList: list[Quantity] = Field(min_length=1)  # noqa: N815


class Document(Strict):
    context: list[str | dict[str, AnyUrl]] = Field(alias="@context")
    type: str = Field(pattern="^EPCISDocument$")
    schemaVersion: str = Field(pattern=r"^2\.0$")  # noqa: N815
    creationDate: datetime  # noqa: N815
    epcisBody: dict[str, list[dict]]  # noqa: N815


MODELS = {"ObjectEvent": ObjectEvent, "TransformationEvent": TransformationEvent}


@pytest.fixture(autouse=True)
def today(time_machine, settings):
    settings.SITE_URL = "https://yinshan.example"
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lot():
    """Dug, sorted, packed, tested; the packing's day was written down wrong first."""
    lot = lot_of(ProductFactory(), "L-1", DAY, quantity=900)
    wrong = lot.events.get()
    for kind, on, title in [
        ("growing", date(2026, 5, 1), "播种"),
        ("harvest", date(2026, 9, 10), "起垄"),
        ("processing", date(2026, 9, 12), "入窖"),
        ("processing", date(2026, 11, 10), "挑拣"),
        ("inspection", date(2026, 11, 21), "抽样"),
    ]:
        LotEvent.objects.create(lot=lot, kind=kind, on=on, title=title, recorded_at=NOW)
    LotEvent.objects.create(
        lot=lot,
        kind="packing",
        on=date(2026, 11, 20),
        title="装箱",
        corrects=wrong,
        recorded_at=NOW,
    )
    return lot


def events_of(client, code="L-1") -> list[dict]:
    """Each one as the schema wants it; what we add bears our own prefix."""
    response = client.get(f"/trace/{code}/epcis.json")
    assert response["Content-Type"].startswith("application/ld+json")
    document = Document.model_validate(json.loads(response.content))
    assert document.context[0].endswith("/epcis/2.0.0/epcis-context.jsonld")
    assert document.context[1]["yinshan"]
    events = document.epcisBody["eventList"]
    for event in events:
        plain = {name: value for name, value in event.items() if not EXTENSION.fullmatch(name)}
        MODELS[event["type"]].model_validate(plain)
    return events


def test_the_document_has_the_structure_of_the_standard(client, lot):
    events = events_of(client)
    assert len(events) == 7
    assert len({event["eventID"] for event in events}) == 7


def test_the_last_processing_turns_the_harvest_into_packs(client, lot):
    events = events_of(client)
    raw = {"epcClass": "https://yinshan.example/trace/L-1/#raw", "quantity": 1}
    packs = {"epcClass": "https://yinshan.example/trace/L-1/", "quantity": 900}
    assert [event["type"] for event in events].index("TransformationEvent") == 3
    turn = events[3]
    assert (turn["inputQuantityList"], turn["outputQuantityList"]) == ([raw], [packs])
    assert turn["eventTime"] == "2026-11-10T00:00:00.000+08:00"
    before, after = events[:3], events[4:]
    assert [event["quantityList"] for event in before] == [[raw]] * 3
    assert [event["quantityList"] for event in after] == [[packs]] * 3
    assert [event["action"] for event in before] == ["OBSERVE", "ADD", "OBSERVE"]
    assert before[1]["ilmd"]["cbvmda:lotNumber"] == "L-1"


def test_what_was_corrected_declares_its_error_and_names_the_correction(client, lot):
    events = events_of(client)
    wrong = next(event for event in events if "errorDeclaration" in event)
    right = next(event for event in events if event["yinshan:title"] == "装箱")
    assert wrong["yinshan:title"] == "装袋"
    assert wrong["errorDeclaration"]["correctiveEventIDs"] == [right["eventID"]]


def test_a_recall_is_the_last_event(client, lot):
    recall_lot(lot_id=lot.pk, reason="封口不严", packs={}, by=None, now=NOW, today=DAY)
    last = events_of(client)[-1]
    assert (last["disposition"], last["yinshan:detail"]) == ("recalled", "封口不严")


@pytest.mark.parametrize(
    ("kinds", "types"),
    [
        (["packing"], ["TransformationEvent"]),
        (["harvest"], ["ObjectEvent"]),
        (["processing"], ["TransformationEvent"]),
        (["inspection", "packing"], ["ObjectEvent", "TransformationEvent"]),
        (
            ["slaughter", "packing", "processing"],
            ["ObjectEvent", "TransformationEvent", "ObjectEvent"],
        ),
    ],
)
def test_short_histories_are_valid_too(client, kinds, types):
    lot = lot_of(ProductFactory(), "L-1")
    LotEvent.objects.all()._raw_delete("default")
    for number, kind in enumerate(kinds, 1):
        LotEvent.objects.create(lot=lot, kind=kind, on=date(2026, 11, number), title="x")
    assert [event["type"] for event in events_of(client)] == types


def test_a_pack_with_a_gtin_is_named_by_its_digital_link(client, lot):
    Product.objects.filter(pk=lot.product_id).update(upc="6901234567892")
    output = events_of(client)[3]["outputQuantityList"]
    assert output[0]["epcClass"] == "https://id.gs1.org/01/06901234567892/10/L-1"


@pytest.mark.parametrize(
    ("number", "gtin"),
    [
        ("6901234567892", "06901234567892"),
        ("6901234567893", ""),
        ("96385074", "00000096385074"),
        ("YS0001", ""),
        ("", ""),
        ("６９０１２３４５６７８９２", ""),
    ],
)
def test_only_a_number_with_its_check_digit_is_a_gtin(number, gtin):
    assert gtin_of(number) == gtin
