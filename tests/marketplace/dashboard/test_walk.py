"""Every address, by everybody: who has no business there sees nothing and changes nothing."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests.marketplace.dashboard.walking import ANYBODY, PATTERNS, ROWS, SEATS, World

pytestmark = pytest.mark.django_db
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
each_address = pytest.mark.parametrize("name", PATTERNS)


@pytest.fixture
def world() -> World:
    return World()


def address(name: str, world: World, **instead: str) -> str:
    words = {word: make(world) for word, make in ROWS[name].names.items()}
    return reverse(f"backoffice:{name}", kwargs=words | instead)


@contextmanager
def nothing_written():
    """Nothing but sessions, which signing in writes."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [query["sql"] for query in captured]
    assert [sql for sql in sent if WRITE.match(sql) and "django_session" not in sql] == []


def test_every_address_has_a_row_and_nothing_else_is_mounted_below_dashboard():
    assert set(ROWS) == set(PATTERNS)
    mounted = [
        name
        for name in get_resolver().namespace_dict
        if name.startswith(("backoffice", "dashboard"))
    ]
    assert mounted == ["backoffice"]


@each_address
def test_whoever_is_not_signed_in_signs_in_first(client, world, name):
    path = address(name, world)
    with nothing_written():
        answers = [client.get(path), client.post(path)]
    for answer in answers:
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
        assert "no-store" in answer["Cache-Control"]


@each_address
def test_whoever_has_no_business_there_is_turned_away(client, world, name):
    path = address(name, world)
    for seat in sorted(ANYBODY - ROWS[name].seats):
        client.force_login(SEATS[seat](world))
        with nothing_written():
            answers = [client.get(path), client.post(path)]
        for answer in answers:
            assert answer.status_code in (403, 404, 405), f"{seat}: {path}"
            assert "no-store" in answer["Cache-Control"]
            assert answer.content.decode().count("这一页是别人的") == (answer.status_code == 403)


@each_address
@pytest.mark.parametrize("language", ["", "/en"])
def test_whoever_works_there_finds_it_in_both_languages(client, world, name, language):
    """An address that only takes a form answers 405."""
    path = address(name, world)
    for seat in sorted(ROWS[name].seats):
        client.force_login(SEATS[seat](world))
        answer = client.get(f"{language}{path}")
        assert answer.status_code in (200, 302, 405), f"{seat}: {path}"
        assert "no-store" in answer["Cache-Control"]


@each_address
def test_a_neighbour_finds_nothing_of_ours_at_a_desk_of_its_own(client, world, name):
    own = {"cooperative": world.theirs.slug, "county": "150124"}
    words = ROWS[name].names
    instead = {word: own[word] for word in words if word in own}
    if not instead or set(words) == set(instead):
        return
    path = address(name, world, **instead)
    for seat in ("other owner", "other county"):
        client.force_login(SEATS[seat](world))
        with nothing_written():
            answers = [client.get(path), client.post(path)]
        codes = [answer.status_code for answer in answers]
        assert codes in ([404, 404], [405, 404], [404, 405]), path
