"""Runs the demonstration payment server as the process that it is, for tests of both its sides."""

import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import marketplace.demo

SECRET = "whsec_tests"


class StripeProcess:
    """The running server: its address, its switches, and a person in front of its page."""

    def __init__(self, base: str, process: subprocess.Popen):
        self.base = base
        self.process = process

    def end(self) -> None:
        """At once, as a crash would."""
        self.process.kill()
        self.process.wait()

    def request(self, method: str, url: str, body: str = "", **headers: str):
        """Status, headers and text; redirects are not followed."""
        parts = urlsplit(url)
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=10)
        try:
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request(method, path, body.encode(), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def switch(self, **faults: object) -> dict:
        headers = {"Content-Type": "application/json"}
        return json.loads(self.request("POST", "/_faults", json.dumps(faults), **headers)[2])

    def wait_until_sent(self, within: float = 10) -> None:
        """Until nothing is left in the postbag: every message is answered, every refund ended."""
        end = time.monotonic() + within
        while self.switch()["waiting"]:
            assert time.monotonic() < end, "messages are still waiting"
            time.sleep(0.02)

    def look(self, url: str) -> str:
        return self.request("GET", url)[2]

    def choose(self, url: str, choice: str, **form: str) -> str:
        """Press the button; the address that the person is sent to."""
        status, headers, _ = self.request("POST", url, urlencode({"choice": choice, **form}))
        assert status == 303
        return headers["Location"]


class Shop:
    """Receives webhooks; answers 200 unless `answers` holds other codes for the next ones."""

    def __init__(self):
        self.received: queue.Queue[tuple[bytes, str]] = queue.Queue()
        self.answers: list[int] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(shop.answers.pop(0) if shop.answers else 200)
                self.end_headers()
                shop.received.put((body, self.headers["Stripe-Signature"]))

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhooks/stripe/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def next_event(self) -> dict:
        return json.loads(self.received.get(timeout=10)[0])

    def next_types(self, count: int) -> list[str]:
        return [self.next_event()["type"] for _ in range(count)]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def running_stripe(state: Path, webhook_url: str = "http://127.0.0.1:9/"):
    """What the server remembers stays in `state` when it ends."""
    environment = {**os.environ, "PYTHONPATH": str(Path(marketplace.demo.__file__).parent)}
    command = [sys.executable, "-m", "stripe_server", "--port", "0", "--state", str(state)]
    command += ["--webhook-url", webhook_url, "--webhook-secret", SECRET]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            base = re.search(r"http://\S+", process.stdout.readline())[0]
            yield (server := StripeProcess(base, process))
        finally:
            server.end()
