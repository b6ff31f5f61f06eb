"""A person in front of a shop: over HTTP for the clock, in this process for counting queries.

Both keep cookies and follow no redirect by themselves, so that every request is seen.
"""

import http.client
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.test import Client

from tests.bench.server import HOST

TOKEN = "0" * 32  # Django takes any cookie of this shape, when the form says the same.
FORM = "application/x-www-form-urlencoded"
TIMEOUT = 120


class Answer(NamedTuple):
    status: int
    location: str
    text: str

    def expect(self, status: int = http.client.OK, location: str = "") -> Self:
        """This very answer, unless it is another one than the walk needs."""
        if self.status != status or location not in self.location:
            raise RuntimeError(f"Not {status} {location}: {self.status} {self.location}")
        return self


class Visitor(ABC):
    """`cookies` by name; `requests` is how many were sent."""

    def __init__(self, cookies: Mapping[str, str] | None = None) -> None:
        self.cookies = {"csrftoken": TOKEN, **(cookies or {})}
        self.requests = 0

    def get(self, path: str) -> Answer:
        self.requests += 1
        return self.send("GET", path, "", {})

    def post(self, path: str, form: Mapping[str, object], **headers: str) -> Answer:
        self.requests += 1
        return self.send("POST", path, urlencode({**form, "csrfmiddlewaretoken": TOKEN}), headers)

    @abstractmethod
    def send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Answer: ...


class HttpVisitor(Visitor):
    """Keeps one connection."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        super().__init__(cookies)
        self.connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)

    def send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            sent["Content-Type"] = FORM
        self.connection.request(method, path, body.encode(), {**sent, **headers})
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", []):
            self.keep(SimpleCookie(line))
        return Answer(response.status, response.headers.get("Location", ""), text)

    def keep(self, told: SimpleCookie) -> None:
        """As it was written; an empty one is the wish to forget it."""
        for name, cookie in told.items():
            self.cookies[name] = cookie.coded_value
            if not cookie.value:
                del self.cookies[name]


class InProcessVisitor(Visitor):
    """Django's own test client: the same requests where their queries can be counted."""

    def __init__(self, cookies: Mapping[str, str] | None = None) -> None:
        super().__init__(cookies)
        self.client = Client(headers={"host": HOST})
        self.client.cookies.load(self.cookies)

    def send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        response = self.client.generic(method, path, body, content_type=FORM, headers=headers)
        text = "".join(part.decode() for part in response)
        return Answer(response.status_code, response.headers.get("Location", ""), text)


@contextmanager
def visiting(port: int) -> Iterator[HttpVisitor]:
    visitor = HttpVisitor(port)
    try:
        yield visitor
    finally:
        visitor.connection.close()
