"""The HTTP door: the API under /v1/, the hosted page under /pay/, the test switches at /_faults."""

import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from . import api, pages
from .delivery import Courier
from .store import Store

HTML = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, port: int, state: Path, webhook_url: str, webhook_secret: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.store = Store(state)
        Courier(self.store, webhook_url, webhook_secret).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Silent: the shop's own log tells more."""

    def do_GET(self) -> None:
        url, size = urlsplit(self.path), int(self.headers.get("Content-Length") or 0)
        form, store = self.rfile.read(size).decode(errors="replace"), self.server.store
        if url.path == "/_faults":
            self.reply(*self.switch(store, form))
        elif store.faults["down"]:
            self.close_connection = True
        elif page := re.fullmatch(r"/(?:pay/(pi_\w+))?", url.path):
            asked, filled = dict(parse_qsl(url.query)), dict(parse_qsl(form))
            self.reply(*self.page(store, page[1], asked, filled))
        else:
            line = f"{self.command} {url.path}"
            self.reply(*api.answer(store, self.headers, line, form or url.query))

    def do_POST(self) -> None:
        self.do_GET()

    def page(self, store: Store, ident: str | None, asked: dict, form: dict) -> tuple:
        with store.lock, store.db:
            if self.command == "GET":
                return 200, pages.show(store, ident, asked), HTML
            return 303, "", {"Location": pages.choose(store, ident, asked, form)}

    def switch(self, store: Store, form: str) -> tuple:
        """JSON only, which a page of another site cannot send without asking first."""
        with store.lock:
            if self.headers.get_content_type() == "application/json":
                store.faults |= {n: v for n, v in json.loads(form).items() if n in store.faults}
            waiting = store.run("SELECT count(*) FROM jobs")[0][0]
        state = json.dumps({**store.faults, "waiting": waiting})
        return 200, state, {"Content-Type": "application/json"}

    def reply(self, status: int, body: str, headers: dict[str, str]) -> None:
        content = body.encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
