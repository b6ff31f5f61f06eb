"""Writing admission: one service for each thing that somebody does."""

from catalog.producers.admission.services.applying import (
    add_paper,
    remove_paper,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from catalog.producers.admission.services.counties import load_counties, set_county
from catalog.producers.admission.services.deciding import (
    begin_notice,
    recommend_application,
    reject_application,
    return_application,
)
from catalog.producers.admission.services.objections import answer_objection, write_objection

__all__ = [
    "add_paper",
    "answer_objection",
    "begin_notice",
    "load_counties",
    "recommend_application",
    "reject_application",
    "remove_paper",
    "return_application",
    "save_application",
    "set_county",
    "start_application",
    "submit_application",
    "withdraw_application",
    "write_objection",
]
