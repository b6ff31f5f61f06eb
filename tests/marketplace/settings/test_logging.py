"""What leaves the house when something breaks."""

import importlib

import sentry_sdk

from marketplace.settings import env
from marketplace.settings import logging as logging_settings


def test_sentry_is_sent_neither_variables_nor_what_was_typed(monkeypatch):
    said = {}
    monkeypatch.setattr(env, "SENTRY_DSN", "https://key@example.com/1")
    monkeypatch.setattr(sentry_sdk, "init", lambda **options: said.update(options))
    importlib.reload(logging_settings)
    assert (said["include_local_variables"], said["max_request_body_size"]) == (False, "never")
    assert said["send_default_pii"] is False
