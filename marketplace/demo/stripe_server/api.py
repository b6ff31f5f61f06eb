"""From a request to its answer: the API key, the route, the Idempotency-Key."""

import base64
import json
import re
import secrets
import time
from email.message import Message

from . import calls
from .store import BLANKS, Store, data_file
from .wire import ApiError, parse_form

CALLS = json.loads(data_file("calls.json"))
KEEP = "INSERT INTO answers VALUES (?, ?, ?, ?)"


def answer(store: Store, headers: Message, line: str, form: str) -> tuple:
    """Status, body and headers for "POST /v1/refunds", say."""
    sent = {"Request-Id": f"req_{secrets.token_hex(7)}", "Content-Type": "application/json"}
    sent["Stripe-Version"] = headers.get("Stripe-Version", BLANKS["event"]["api_version"])
    key = headers.get("Idempotency-Key", "") if line.startswith("POST") else ""
    try:
        authenticate(headers.get("Authorization", ""))
        status, body, more = perform_once(store, key, line, form, f"http://{headers['Host']}")
        sent |= {"Idempotency-Key": key, **more} if key else {}
    except ApiError as refusal:
        status, body = refusal.status, refusal.body
    return status, json.dumps(body, ensure_ascii=False, indent=2), sent


def authenticate(header: str) -> None:
    scheme, _, key = header.partition(" ")
    if scheme == "Basic":
        key = base64.b64decode(key).decode(errors="replace").partition(":")[0]
    if not re.fullmatch(r"[rs]k_test_\w+", key):
        raise ApiError("Invalid API Key: this demonstration wants sk_test_...", status=401)


def perform_once(store: Store, key: str, line: str, form: str, site: str) -> tuple:
    """Status, body, more headers. A key's first answer is every later one to the same request;
    without a key there is nothing to repeat."""
    request = f"{line}?{form}"
    with store.lock:
        for _, asked, status, body in store.run("SELECT * FROM answers WHERE key = ?", key):
            if asked != request:
                raise ApiError("This key was used for another request.", type="idempotency_error")
            return status, json.loads(body), {"Idempotent-Replayed": "true"}
        if key and key in store.running:
            raise ApiError("The first call is running.", "idempotency_key_in_use", status=409)
        store.running.add(key)
    time.sleep(store.faults["slow"] if key else 0)
    try:
        with store.lock, store.db:
            status, body, kept = perform(store, line, form, site)
            if key and kept:
                store.run(KEEP, key, request, status, json.dumps(body))
    finally:
        store.running.discard(key)
    return status, body, {}


def perform(store: Store, line: str, form: str, site: str) -> tuple:
    """In the caller's transaction, all of it or nothing: status, body, whether a key keeps them."""
    rule, parts = CALLS.get(re.sub(r"(/v1/\w+)/\w+", r"\1/{id}", line)), [*line.split("/"), ""]
    try:
        if not rule:
            raise ApiError(f"Unrecognized request URL ({line}).", status=404)
        params = parse_form(form)
        for name in params.keys() - rule["takes"].split():
            raise ApiError(f"Received unknown parameter: {name}", "parameter_unknown", name)
        about = {"kind": parts[2].removesuffix("s"), "ident": parts[3], "params": params}
        return 200, getattr(calls, rule["does"])(calls.Call(store=store, site=site, **about)), True
    except (ApiError, AttributeError, TypeError, ValueError) as problem:
        store.db.rollback()
        refusal = problem if isinstance(problem, ApiError) else ApiError("Malformed parameters.")
        return refusal.status, refusal.body, refusal.kept
