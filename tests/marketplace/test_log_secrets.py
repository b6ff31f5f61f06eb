"""Logs name no address that is a key."""

import logging

import pytest
from django.conf import settings

from marketplace.log_secrets import MaskKeys, masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Conflict: /tickets/Ab-_cd/cancel/", "Conflict: /tickets/…/cancel/"),
        ("Conflict: /en/door/Ab-_cd/", "Conflict: /en/door/…/"),
        ("Not Found: /dashboard/join/a:b:c/", "Not Found: /dashboard/join/…/"),
        ("Unprocessable: /tickets/new/7/", "Unprocessable: /tickets/new/7/"),
        ("Not Found: /shop/", "Not Found: /shop/"),
    ],
)
def test_keys_in_addresses_are_masked(text, kept):
    assert masked(text) == kept


def test_what_a_refusal_writes_to_the_log_is_masked():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Conflict", "/door/secret/"), None
    )
    assert MaskKeys().filter(record)
    assert record.getMessage() == "Conflict: /door/…/"


def test_the_filter_stands_before_every_handler():
    handlers = settings.LOGGING["handlers"].values()
    assert [handler["filters"] for handler in handlers] == [["keys"]]
