"""Writing proposals. Each write locks the proposal's row and looks at its state and version there:
of two people, or of an approval and a withdrawal, the second finds that it is too late."""

from marketplace.listings.services.drafting import (
    add_picture,
    put_first,
    remove_picture,
    save_content,
    start_change,
    start_good,
)
from marketplace.listings.services.moves import approve, discard, give_back, submit, take_back
from marketplace.listings.services.papers import add_paper, remove_paper, strike_paper

__all__ = [
    "add_paper",
    "add_picture",
    "approve",
    "discard",
    "give_back",
    "put_first",
    "remove_paper",
    "remove_picture",
    "save_content",
    "start_change",
    "start_good",
    "strike_paper",
    "submit",
    "take_back",
]
