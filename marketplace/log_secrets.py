"""Addresses that are keys, and numbers of people: whoever reads a log gets neither."""

import logging
import re

# What follows these in an address opens a ticket, a door, an order, a place in a cooperative, or
# an account.
KEYED = re.compile(r"/(tickets|door|shop/orders|dashboard/join|key|confirm-email)/(?!new/)[^/\s]+")

# An ID number that somebody typed into an address.
ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9A-Za-z])")


def masked(text: str) -> str:
    return ID_NUMBER.sub("…", KEYED.sub(r"/\1/…", text))


def mask_event(event: dict, _hint: dict) -> dict:
    """For Sentry, which keeps the address of the request that failed, what stands behind it, and
    the address of the page before."""
    request = event.get("request", {})
    for part in ("url", "query_string"):
        if part in request:
            request[part] = masked(str(request[part]))
    headers = request.get("headers", {})
    for name in headers:
        if name.lower() == "referer":
            headers[name] = masked(str(headers[name]))
    return event


class MaskKeys(logging.Filter):
    """Django writes the address of every request that it refuses."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        cleaned = masked(text)
        if cleaned != text:
            record.msg, record.args = cleaned, ()
        return True
