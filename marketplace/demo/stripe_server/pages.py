"""The hosted page, where Alipay's, WeChat Pay's or the bank's own page would be."""

import json
import re
from collections import defaultdict
from html import escape
from string import Template
from urllib.parse import urlencode

from .calls import choose_method, fail, succeed
from .store import Object, Store, data_file

SECTION = re.compile(r"<!--(\w+)-->(.*?)<!--/\1-->", re.DOTALL)
WORDS, FAILURES = json.loads(data_file("words.json")), json.loads(data_file("failures.json"))
END = {"succeeded": "succeeded", "requires_payment_method": "failed"}  # redirect_status


def look_up(store: Store, ident: str | None, key: str) -> tuple[Object, str]:
    """The intent, and where to send the person afterwards; neither without a key handed out."""
    rows = store.run("SELECT return_url FROM pages WHERE intent = ? AND key = ?", ident, key)
    return (store.get(ident), rows[0][0]) if rows else ({"status": "unknown"}, "")


def show(store: Store, ident: str | None, asked: Object) -> str:
    intent, back = look_up(store, ident, key := asked.get("key", ""))
    words = WORDS.get(asked.get("lang") or ("en" if "/en/" in back else "zh"), WORDS["zh"])
    state, step = intent["status"], "ask" if asked.get("step") == "ask" else "choose"
    values = {**words, "key": key, "step": step, "back_url": back}
    parts = {"closed", "back"} if back else {"closed"}
    if state == "requires_action":
        state, parts = step, {"open", step}
        parts.update(intent["payment_method_types"] if step == "choose" else ())
        values |= {"amount": f"{intent['amount'] / 100:,.2f}", "description": intent["description"]}
        values[store.get(intent["payment_method"])["type"] + "_chosen"] = "checked"
    values["heading"], values["closed_note"] = words[f"{state}_title"], words[f"{state}_note"]
    filled = {name: escape(value or "") for name, value in values.items()}
    page = SECTION.sub(lambda part: part[2] if part[1] in parts else "", data_file("page.html"))
    return Template(page).substitute(defaultdict(str, filled))


def choose(store: Store, ident: str | None, asked: Object, form: Object) -> str:
    """Do what the person chose; a second click does nothing more. Returns where to go next."""
    (intent, back), choice = look_up(store, ident, asked.get("key", "")), form.get("choice")
    if intent["status"] == "requires_action":
        if form.get("method") in intent["payment_method_types"]:
            choose_method(store, intent, form["method"])
        payer = store.get(intent["payment_method"])
        if choice in ("succeed", "confirm"):
            succeed(store, intent, payer["type"])
        elif choice in FAILURES:
            fail(store, intent, payer, FAILURES[choice])
    if intent["status"] not in END:
        return "?" + urlencode({**asked, "step": choice})
    found = {"payment_intent": ident, "payment_intent_client_secret": intent["client_secret"]}
    query = urlencode({**found, "redirect_status": END[intent["status"]]})
    address, mark, anchor = back.partition("#")
    return address + ("&" if "?" in address else "?") + query + mark + anchor
