"""The postbag: signed webhooks, sent by one thread until the shop answers 2xx."""

import hmac
import json
import threading
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from .calls import finish_refund
from .store import Object, Store

NEXT_JOB = """SELECT jobs.seq, tries, body FROM jobs JOIN objects ON id = subject WHERE due <= ?
AND (kind = 'event' OR ? != 'pending') ORDER BY tries, jobs.seq * ? LIMIT 1"""
JSON = "application/json; charset=utf-8"
DONE = "DELETE FROM jobs WHERE seq = ?"
TRY_AGAIN = "UPDATE jobs SET tries = tries + 1, due = ? WHERE seq = ?"


class Courier(threading.Thread):
    def __init__(self, store: Store, url: str, secret: str) -> None:
        super().__init__(daemon=True)
        self.store, self.faults, self.url, self.secret = store, store.faults, urlsplit(url), secret

    def run(self) -> None:
        while True:
            if self.faults["down"] or not self.do_next_job():
                time.sleep(0.05)

    def do_next_job(self) -> bool:
        """A job leaves the postbag when it is done: a killed server does it again."""
        store, faults = self.store, self.faults
        due, order = time.time() - faults["delay"], -1 if faults["disorder"] else 1
        with store.lock:
            jobs = store.run(NEXT_JOB, due, end := faults["refund"], order)
        for job, tries, body in jobs:
            thing, again = json.loads(body), time.time() + min(2**tries, 60)
            is_refund = thing["object"] == "refund"
            done = is_refund or faults["lose"] or self.deliver(thing)
            with store.lock, store.db:
                if is_refund:
                    finish_refund(store, thing, end)
                store.run(*((DONE, job) if done else (TRY_AGAIN, again, job)))
        return bool(jobs)

    def deliver(self, event: Object) -> bool:
        body, stamp = json.dumps(event, ensure_ascii=False, indent=2).encode(), int(time.time())
        signed = hmac.new(self.secret.encode(), b"%d.%s" % (stamp, body), "sha256").hexdigest()
        headers = {"Stripe-Signature": f"t={stamp},v1={signed}", "Content-Type": JSON}
        answers = [self.post(body, headers) for _ in range(1 + self.faults["repeat"])]
        return all(answers)

    def post(self, body: bytes, headers: dict[str, str]) -> bool:
        try:
            with closing(HTTPConnection(self.url.netloc, timeout=10)) as connection:
                connection.request("POST", self.url.path, body, headers)
                return 200 <= connection.getresponse().status < 300
        except (OSError, HTTPException):
            return False
