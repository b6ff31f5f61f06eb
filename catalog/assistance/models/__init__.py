"""Assistance: agreements, benefit records, published figures, recognitions."""

from catalog.assistance.models.agreements import (
    Agreement,
    AgreementFile,
    AgreementHousehold,
    Mode,
)
from catalog.assistance.models.figures import Batch, Cell
from catalog.assistance.models.recognitions import Recognition, Scheme, SchemeCounty
from catalog.assistance.models.records import Evidence, Record, RecordHousehold, RecordStep

__all__ = [
    "Agreement",
    "AgreementFile",
    "AgreementHousehold",
    "Batch",
    "Cell",
    "Evidence",
    "Mode",
    "Recognition",
    "Record",
    "RecordHousehold",
    "RecordStep",
    "Scheme",
    "SchemeCounty",
]
