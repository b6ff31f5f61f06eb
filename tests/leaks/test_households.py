"""A thousand households are registered, agreed with and paid; nothing they are called comes out.

Everybody but the staff of their county opens every page, searches, takes files away; what was
logged, mailed, cached, kept and reported of it is read through.
"""

import logging
from collections.abc import Callable
from copy import copy
from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.log import AdminEmailHandler
from django.views.debug import technical_500_response

from catalog.assistance.services.batches import begin_batch, publish_batch
from catalog.households.models import Household
from catalog.origins.models import Region
from marketplace.dashboard.households import views
from marketplace.outbox.tasks import send_waiting
from marketplace.reports.making import make_month
from tests.catalog.households.sheets import row_of, sheet_of
from tests.factories.assistance import agreement_of, confirmed, counter_of, record_of, returned
from tests.factories.goods import WUCHUAN
from tests.leaks.marks import (
    ADDRESS,
    CODE,
    MANY,
    MARKS,
    NAME,
    NUMBER,
    PHONE,
    cached_texts,
    columns_with_marks,
    make_marked_households,
    marks_in,
)
from tests.marketplace.dashboard.walking import ROWS, SEATS, World

pytestmark = pytest.mark.django_db
SEARCHES = (NAME, f"{NAME}7", PHONE, ADDRESS, f"{NUMBER}0000007")
PUBLIC = ("/", "/en/", "/impact/", "/en/impact/", "/cooperatives/", "/shop/")


@pytest.fixture
def county() -> Region:
    return Region.objects.get(pk=WUCHUAN)


@pytest.fixture
def households(county) -> list[Household]:
    return make_marked_households(county)


@pytest.fixture
def world(households) -> World:
    """All of them on one list; some of the payments confirmed, returned, countered, published."""
    world = World()
    agreement = agreement_of(world.ours, households=households)
    world.__dict__ |= {"agreement": agreement, "household": households[7]}
    confirmed(record_of(agreement, begins_on=date(2026, 8, 1), ends_on=date(2026, 8, 31)))
    wrong = confirmed(record_of(agreement, begins_on=date(2026, 9, 1), ends_on=date(2026, 9, 30)))
    counter_of(wrong)
    returned(record_of(agreement, begins_on=date(2026, 7, 1), ends_on=date(2026, 7, 31)))
    batch = begin_batch(month=date(2026, 11, 1), by=None, now=timezone.now())
    make_month(batch_id=batch.pk)
    publish_batch(batch_id=batch.pk, by=None, now=timezone.now())
    return world


def visit(world: World, seat: str, look: Callable[[str], None]) -> int:
    """Every address of the back office that the seat may enter, each in a world of its own; how
    many these are."""
    rows = [(name, row) for name, row in ROWS.items() if seat in row.seats]
    for name, row in rows:
        with transaction.atomic():
            there = copy(world)
            words = {word: make(there) for word, make in row.names.items()}
            look(reverse(f"backoffice:{name}", kwargs=words))
            transaction.set_rollback(True)
    return len(rows)


def text_of(response) -> str:
    data = b"".join(response) if response.streaming else response.content
    return data.decode("utf-8", "replace")


@pytest.mark.parametrize("seat", SEATS)
def test_no_page_of_the_back_office_shows_one(client, world, seat):
    """Not even to the county's own staff, unless they ask for a field with a reason."""
    client.force_login(SEATS[seat](world))

    def look(path: str) -> None:
        assert marks_in(text_of(client.get(path))) == [], path

    assert visit(world, seat, look) > 1


@pytest.mark.parametrize("seat", ["operator", "owner", "other county"])
def test_no_search_of_the_back_office_finds_one(client, world, seat):
    """What was typed stands in its field again, and nowhere else; no row is found."""
    client.force_login(SEATS[seat](world))

    def look(path: str) -> None:
        plain = len(CODE.findall(text_of(client.get(path))))
        for typed in SEARCHES:
            found = CODE.findall(text_of(client.get(path, {"q": typed})))
            assert len(found) <= plain, (path, typed)

    assert visit(world, seat, look) > 1


def test_no_public_page_and_no_search_shows_one(client, world):
    pages = [*PUBLIC, world.ours.get_absolute_url(), world.good.get_absolute_url()]
    for path in pages:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert marks_in(text_of(answer)) == [], path
    for typed in SEARCHES:
        nothing = "77777777" if typed.isascii() else "什么也不是"
        assert times_said(client, typed) == times_said(client, nothing), typed


def times_said(client, typed: str) -> int:
    """How often the page that finds nothing repeats what was looked for."""
    return client.get("/shop/search/", {"q": typed}).content.decode().count(typed)


def test_the_files_that_anybody_may_take_hold_none(client, world):
    answer = client.get("/impact/2026/figures.csv")
    assert answer.status_code == 200
    assert marks_in(text_of(answer)) == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_admin_of_pages_shows_none(client, world, language):
    client.force_login(SEATS["superuser"](world))
    for path in ("/cms/", "/cms/pages/", "/cms/images/", "/cms/reports/site-history/"):
        answer = client.get(f"{language}{path}" if not path.startswith("/cms") else path)
        assert marks_in(text_of(answer)) == []
    for typed in SEARCHES:
        shown = text_of(client.get("/cms/pages/search/", {"q": typed}))
        assert CODE.search(shown) is None


def test_nothing_of_them_is_logged_mailed_cached_or_kept_in_plain(
    client, world, county, caplog, django_capture_on_commit_callbacks
):
    """After all that the county's staff does with them, by way of the screens."""
    caplog.set_level(logging.DEBUG)
    client.force_login(SEATS["county"](world))
    SEATS["owner"](world)
    desk = f"/dashboard/county/{county.pk}/households/"
    one = Household.objects.get(code="MK00007")
    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(f"{desk}{one.code}/look/", {"field": "name", "reason": "核对回单"})
        assert f"{NAME}7" in text_of(shown)
        client.post(f"{desk}find/", {"q": f"{NUMBER}0000007"})
        client.post(f"{desk}new/", {"name": f"{NAME}甲", "id_number": f"{NUMBER}9999999"})
        client.post(f"{desk}{one.code}/change/", {"phone": f"{PHONE}999", "reason": "换号"})
        sheet = sheet_of(*(row_of(n, name=f"{NAME}{n}", address=ADDRESS) for n in range(30)))
        client.post(f"{desk}sheets/", {"sheet": SimpleUploadedFile(f"{NAME}.xlsx", sheet)})
        client.get(f"{desk}?q={NAME}7")
        june = {"begins_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30)}
        returned(record_of(world.agreement, **june))
    send_waiting()
    assert Household.objects.count() == MANY
    letters = [f"{one.subject} {one.body} {one.to}" for one in mail.outbox]
    assert len(letters) > 0
    assert [marks_in(letter) for letter in letters if marks_in(letter)] == []
    assert [line for line in caplog.messages if marks_in(line)] == []
    assert [text for text in cached_texts() if marks_in(text)] == []
    assert columns_with_marks() == []


@pytest.mark.parametrize("debug", [True, False])
def test_no_page_of_an_error_shows_one(client, world, county, monkeypatch, settings, debug):
    """A fault in the very moment in which the name is open."""
    settings.DEBUG, client.raise_request_exception = debug, False
    monkeypatch.setattr(views, "Shown", lambda label, text: [label, text, 1 / 0])
    client.force_login(SEATS["county"](world))
    path = f"/dashboard/county/{county.pk}/households/MK00007/look/"
    answer = client.post(path, {"field": "name", "reason": "核对回单"})
    assert answer.status_code == 500
    assert marks_in(text_of(answer)) == []


def test_the_report_and_the_mail_about_an_error_show_none(county, rf, settings):
    request = rf.post(
        f"/dashboard/county/{county.pk}/households/new/", {"name": f"{NAME}7", "phone": PHONE}
    )
    name = f"{NAME}7"
    try:
        raise ValueError(len(name) - 1 / 0)
    except ZeroDivisionError as error:
        kind = (type(error), error, error.__traceback__)
    page = technical_500_response(request, *kind).content.decode()
    record = logging.LogRecord("django.request", logging.ERROR, "x", 1, "fault", (), kind)
    record.request = request
    settings.ADMINS = [("x", "admin@example.com")]
    AdminEmailHandler(include_html=True).handle(record)
    letter = mail.outbox[-1]
    told = [page, letter.subject, letter.body, *(body for body, _kind in letter.alternatives)]
    assert [marks_in(text) for text in told if marks_in(text)] == []


def test_the_marks_are_there_to_be_found(households):
    """What the others look for can be found: by whoever holds the keys."""
    one = Household.objects.get(code="MK00007")
    opened = " ".join((one.name.open(), one.id_number.open(), one.phone.open(), one.address.open()))
    assert marks_in(opened) == list(MARKS)
