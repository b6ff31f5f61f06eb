"""Writing agreements, records, recognitions and batches: one service for each thing done."""

from catalog.assistance.services.agreements import (
    Terms,
    add_files,
    add_households,
    end_agreement,
    make_agreement,
    remove_household,
)
from catalog.assistance.services.countering import counter_record
from catalog.assistance.services.deciding import confirm_record, return_record
from catalog.assistance.services.records import resubmit_record, submit_record

__all__ = [
    "Terms",
    "add_files",
    "add_households",
    "confirm_record",
    "counter_record",
    "end_agreement",
    "make_agreement",
    "remove_household",
    "resubmit_record",
    "return_record",
    "submit_record",
]
