"""What the calls named in calls.json do, one each, and what becomes of money. Amounts are fen."""

import json
import secrets
from time import time
from types import SimpleNamespace as Call  # store, kind, ident, params, site

from .store import BLANKS, Object, Store, data_file, new
from .wire import ApiError, need, whole

METHODS, LISTED = BLANKS["methods"], data_file("list.sql")


def find(store: Store, kind: str, ident: str) -> Object:
    thing = store.get(ident)
    if thing.get("object") != kind:
        raise ApiError(f"No such {kind}: '{ident}'", "resource_missing", "id", status=404)
    return thing


def retrieve(call: Call) -> Object:
    return find(call.store, call.kind, call.ident)


def list_things(call: Call) -> Object:
    """Newest first; `starting_after` continues below that object."""
    limit = whole({"limit": "10", **call.params}, "limit", 1, 100)
    since = whole({"gte": "0", **call.params.get("created", {})}, "gte", 0, 10**12)
    rows = call.store.run(LISTED, call.kind, since, limit + 1, json.dumps(call.params))
    about = {"object": "list", "url": f"/v1/{call.kind}s", "has_more": len(rows) > limit}
    return {**about, "data": [call.store.get(row[0]) for row in rows[:limit]]}


def create_intent(call: Call) -> Object:
    name, currency = "allowed_payment_method_types", need(call.params, "currency", ("cny",))
    methods = [need({name: each}, name, METHODS) for each in call.params.get(name, {}).values()]
    intent = new("payment_intent", "pi", currency=currency)
    intent["amount"] = whole(call.params, "amount", 400, 99_999_999)
    intent[name] = intent["payment_method_types"] = methods or list(METHODS)
    intent["client_secret"] = f"{intent['id']}_secret_{secrets.token_hex(12)}"
    return describe(call, intent)


def update_intent(call: Call) -> Object:
    return describe(call, retrieve(call))


def describe(call: Call, intent: Object) -> Object:
    """An empty value takes its key out of the metadata."""
    for name in call.params.keys() & {"description", "receipt_email"}:
        intent[name] = call.params[name] or None
    merged = {**intent["metadata"], **call.params.get("metadata", {})}
    intent["metadata"] = {key: value for key, value in merged.items() if value}
    return call.store.save(intent)


def find_open(call: Call) -> Object:
    intent = retrieve(call)
    if intent["status"] not in ("succeeded", "canceled"):
        return intent
    message = f"This PaymentIntent has a status of {intent['status']}."
    raise ApiError(message, "payment_intent_unexpected_state", payment_intent=intent, kept=True)


def confirm_intent(call: Call) -> Object:
    """Every method waits for the person on the hosted page, as Alipay does."""
    intent, back = find_open(call), need(call.params, "return_url")
    data, options = (call.params.get(f"payment_method_{x}", {}) for x in ("data", "options"))
    method = need(data, "type", intent["payment_method_types"])
    if method == "wechat_pay":
        need(options.get(method, {}), "client", ("web",))
    if not back.startswith(("http://", "https://")):
        raise ApiError("Not a valid URL", "url_invalid", "return_url")
    choose_method(call.store, intent, method)
    key = secrets.token_urlsafe(16)
    call.store.run("INSERT INTO pages VALUES (?, ?, ?)", key, call.ident, back)
    redirect = {"url": f"{call.site}/pay/{call.ident}?key={key}", "return_url": back}
    intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": redirect}
    return call.store.save({**intent, "status": "requires_action"})


def cancel_intent(call: Call) -> Object:
    intent, reason = find_open(call), call.params.get("cancellation_reason")
    intent.update(status="canceled", cancellation_reason=reason, next_action=None)
    return call.store.save({**intent, "canceled_at": int(time())}, "payment_intent.canceled")


def create_refund(call: Call) -> Object:
    """All that is left by default. A wallet says a second later whether the money arrived."""
    intent = find(call.store, "payment_intent", need(call.params, "payment_intent"))
    charge = find(call.store, "charge", intent["latest_charge"])
    left = charge["amount"] - charge["amount_refunded"]
    if not left:
        raise ApiError("The charge is refunded already.", "charge_already_refunded", kept=True)
    refund = new("refund", "re", charge=charge["id"], payment_intent=intent["id"])
    refund["amount"] = whole({"amount": str(left), **call.params}, "amount", 1, left)
    refund.update({name: call.params[name] for name in call.params.keys() & {"reason", "metadata"}})
    method = charge["payment_method_details"]["type"]
    refund["destination_details"] = METHODS[method]["refund"]
    if method != "card" or call.store.faults["refund"] != "succeeded":
        refund["status"] = "pending"
        call.store.add_job(refund["id"], wait=1)
    call.store.save(refund, "refund.created")
    count_refund(call.store, charge, refund["amount"], "charge.refunded")
    return refund


def choose_method(store: Store, intent: Object, method: str) -> None:
    payer = store.save(new("payment_method", "pm", **METHODS[method]["payment_method"]))
    intent["payment_method"] = payer["id"]


def succeed(store: Store, intent: Object, method: str) -> None:
    copied = ("amount", "currency", "description", "metadata", "payment_method")
    charge = new("charge", "ch", **{name: intent[name] for name in copied})
    charge.update(payment_intent=intent["id"], amount_captured=intent["amount"])
    charge["payment_method_details"] = METHODS[method]["charge"]
    intent.update(status="succeeded", amount_received=intent["amount"], next_action=None)
    intent.update(latest_charge=charge["id"], last_payment_error=None)
    store.save(charge, "charge.succeeded")
    store.save(intent, "payment_intent.succeeded")


def fail(store: Store, intent: Object, payer: Object, reason: Object) -> None:
    """Declined, or not confirmed; the same intent can be confirmed again."""
    intent.update(status="requires_payment_method", payment_method=None, next_action=None)
    intent["last_payment_error"] = {**reason, "payment_method": payer}
    store.save(intent, "payment_intent.payment_failed")


def finish_refund(store: Store, refund: Object, status: str) -> None:
    """A failed refund gives the charge its amount back, so that it can be asked for again."""
    refund["status"] = status
    if status == "failed":
        refund["failure_reason"] = METHODS[refund["destination_details"]["type"]]["failure"]
        count_refund(store, store.get(refund["charge"]), -refund["amount"])
        store.save(refund, "refund.failed")
    store.save(refund, "refund.updated")


def count_refund(store: Store, charge: Object, amount: int, *events: str) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    store.save(charge, *events)
