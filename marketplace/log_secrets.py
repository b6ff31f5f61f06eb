"""Addresses that are keys: whoever reads a log must not get in with them."""

import logging
import re

# What follows these in an address opens a ticket, a door, an order, a place in a cooperative, or
# an account.
KEYED = re.compile(r"/(tickets|door|shop/orders|dashboard/join|key|confirm-email)/(?!new/)[^/\s]+")


def masked(text: str) -> str:
    return KEYED.sub(r"/\1/…", text)


class MaskKeys(logging.Filter):
    """Django writes the address of every request that it refuses."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if KEYED.search(text):
            record.msg, record.args = masked(text), ()
        return True
