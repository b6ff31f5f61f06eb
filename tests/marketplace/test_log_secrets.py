"""Logs name no address that is a key."""

import logging

import pytest
from django.conf import settings

from marketplace.log_secrets import MaskKeys, mask_event, masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Conflict: /tickets/Ab-_cd/cancel/", "Conflict: /tickets/…/cancel/"),
        ("Conflict: /en/door/Ab-_cd/", "Conflict: /en/door/…/"),
        ("Not Found: /dashboard/join/a:b:c/", "Not Found: /dashboard/join/…/"),
        ("Unprocessable: /tickets/new/7/", "Unprocessable: /tickets/new/7/"),
        ("Not Found: /shop/", "Not Found: /shop/"),
        ("Not Found: /dashboard/11010519491231002X/", "Not Found: /dashboard/…/"),
        ("Not Found: /orders/?q=110105194912310021", "Not Found: /orders/?q=…"),
        ("Not Found: /dashboard/orders/100000000000000001/", None),
    ],
)
def test_keys_in_addresses_are_masked(text, kept):
    assert masked(text) == (kept or text)


def test_what_a_refusal_writes_to_the_log_is_masked():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Conflict", "/door/secret/"), None
    )
    assert MaskKeys().filter(record)
    assert record.getMessage() == "Conflict: /door/…/"


def test_an_error_that_is_reported_names_no_key_either():
    event = {"request": {"url": "https://example.com/tickets/secret/"}}
    assert mask_event(event, {}) == {"request": {"url": "https://example.com/tickets/…/"}}
    assert mask_event({}, {}) == {}
    event = {"request": {"query_string": "q=11010519491231002X"}}
    assert mask_event(event, {}) == {"request": {"query_string": "q=…"}}
    for name in ("Referer", "referer"):
        headers = {name: "https://example.com/shop/orders/secret/", "Host": "example.com"}
        masked_ones = {name: "https://example.com/shop/orders/…/", "Host": "example.com"}
        found = mask_event({"request": {"headers": headers}}, {})
        assert found == {"request": {"headers": masked_ones}}


def test_the_filter_stands_before_every_handler():
    handlers = settings.LOGGING["handlers"].values()
    assert [handler["filters"] for handler in handlers] == [["keys"]]
