"""What the server remembers, in one SQLite file that survives a restart."""

import json
import secrets
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

Object = dict[str, Any]
SAVE = """INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET body = excluded.body"""


def data_file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


# FAULTS: delay: seconds before each delivery; slow: before each keyed call. repeat: further
# deliveries. lose: none at all. disorder: newest first. down: no call is answered, nothing is
# sent. refund: how pending refunds end: "succeeded", "failed" or, for now not, "pending".
BLANKS, FAULTS = json.loads(data_file("blanks.json")), json.loads(data_file("faults.json"))


def new(kind: str, prefix: str, **fields: Any) -> Object:
    """A complete object: every field that Stripe publishes, ours filled in."""
    identity = {"id": f"{prefix}_{secrets.token_hex(12)}", "created": int(time.time())}
    return {**json.loads(json.dumps(BLANKS[kind])), **identity, **fields}


class Store:
    """Read and write inside `with store.lock, store.db:` only: all of it or nothing.

    Of this run alone: the `faults` as they are switched, and the keys of calls now `running`.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lock, self.faults, self.running = threading.Lock(), dict(FAULTS), set()
        self.db = sqlite3.connect(folder / "stripe.sqlite3", check_same_thread=False)
        self.db.executescript(data_file("schema.sql"))

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.db.execute(sql, values).fetchall()

    def get(self, ident: str) -> Object:
        """Empty when there is none."""
        rows = self.run("SELECT body FROM objects WHERE id = ?", ident)
        return json.loads(rows[0][0]) if rows else {}

    def save(self, thing: Object, *events: str) -> Object:
        """Keep the thing as it is now; each event tells of it and goes to the postbag."""
        self.run(SAVE, thing["id"], thing["object"], thing["created"], json.dumps(thing))
        for event_type in events:
            event = new("event", "evt", type=event_type, data={"object": thing})
            self.add_job(self.save(event)["id"])
        return thing

    def add_job(self, subject: str, wait: float = 0) -> None:
        self.run("INSERT INTO jobs (subject, due) VALUES (?, ?)", subject, time.time() + wait)
