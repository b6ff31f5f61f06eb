"""Addresses of the rooms, what is typed there, and what is read from the pages."""

import re

from catalog.assistance.models import (
    Agreement,
    AgreementHousehold,
    Evidence,
    Record,
    RecordHousehold,
    RecordStep,
)
from catalog.producers.models import Cooperative
from marketplace.order.models import Consignment
from tests.factories import ProductFactory
from tests.factories.files import photo
from tests.marketplace.packing import parcel_for

AGREEMENTS = "/en/dashboard/county/150125/agreements/"
RECORDS = "/en/dashboard/county/150125/records/"
ROOM = "/en/dashboard/c/beipo/assistance/"
ALL = "/en/dashboard/records/"
ROW = re.compile(r'class="row__title" href="[^"]*/(\w+-\d+)/"')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')
TABLES = (Agreement, AgreementHousehold, Record, RecordHousehold, RecordStep, Evidence)


def text(client, path, **params) -> str:
    response = client.get(path, params)
    assert response.status_code == 200
    return response.content.decode()


def everything() -> list[tuple]:
    """All that a refusal must leave as it was."""
    return [sorted(model.objects.values_list()) for model in TABLES]


def sold(maker: Cooperative, packs: int = 10) -> Consignment:
    """Oats for 18 yuan a pack, paid on 23 November."""
    return parcel_for((ProductFactory(cooperative=maker), packs))


def typed(**changes) -> dict[str, object]:
    """November to the first two households, with a photo of the slip."""
    values = {
        "amount": "120.50",
        "paid_on": "2026-11-22",
        "slip": "回单 88",
        "begins_on": "2026-11-01",
        "ends_on": "2026-11-23",
        "positions": ["1", "2"],
        "evidence": [photo()],
        "note": "",
    }
    return {**values, **changes}
