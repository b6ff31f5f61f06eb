"""What comes to the register over the web: no error shows it, no disk keeps it."""

import logging
import sys

import pytest
from django.core.files.uploadedfile import (
    InMemoryUploadedFile,
    SimpleUploadedFile,
    TemporaryUploadedFile,
)
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from catalog.households import details
from marketplace.uploads import MOST_BYTES, MOST_TOGETHER
from tests.factories.households import typed
from tests.marketplace.dashboard.conftest import posted

MARKS = {"name": "标记姓名", "phone": "13987654321"}
REGISTER = "/dashboard/county/150125/households/new/"
RETURNING = "/dashboard/county/150125/records/SY2026-000001/return/"


def report(path: str) -> str:
    request = RequestFactory().post(path, MARKS)
    name = request.POST["name"]
    try:
        raise RuntimeError("broken", len(name))
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())
        return reporter.get_traceback_html() + reporter.get_traceback_text()


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("path", [REGISTER, f"/en{REGISTER}", RETURNING])
def test_an_error_in_the_register_shows_names_of_variables_and_no_values(settings, debug, path):
    settings.DEBUG = debug
    text = report(path)
    assert "RuntimeError" in text
    assert "********************" in text
    for mark in (*MARKS.values(), *map(ascii, MARKS.values())):
        assert mark not in text


def test_elsewhere_an_error_shows_what_helps(settings):
    settings.DEBUG = True
    assert MARKS["phone"] in report("/shop/")


@pytest.mark.django_db
def test_an_error_while_a_household_is_written_leaves_nothing_of_it(client, monkeypatch, caplog):
    """Neither on the page nor in the log."""

    def breaks(*_args):
        raise RuntimeError

    client.force_login(posted("official", "county_confirmer", "150125"))
    client.raise_request_exception = False
    monkeypatch.setitem(details.CLEANERS, "address", breaks)
    said = {**typed(5), **MARKS, "category": "lifted", "status": "assisted"}
    with caplog.at_level(logging.DEBUG):
        answer = client.post(REGISTER, said)
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    for mark in (*MARKS.values(), said["id_number"]):
        assert mark not in answer.content.decode() + caplog.text


@pytest.mark.parametrize(
    ("path", "size", "kind"),
    [
        (REGISTER, 6 * 1024**2, InMemoryUploadedFile),
        (f"/en{REGISTER}", 10, InMemoryUploadedFile),
        (REGISTER, 9 * 1024**2, InMemoryUploadedFile),
        ("/dashboard/county/150125/agreements/new/", 9 * 1024**2, InMemoryUploadedFile),
        ("/en/dashboard/c/beipo/assistance/records/SY1/again/", 9 * 1024**2, InMemoryUploadedFile),
        ("/shop/", 6 * 1024**2, TemporaryUploadedFile),
        ("/shop/", 10, InMemoryUploadedFile),
    ],
)
def test_a_sheet_that_may_be_taken_is_never_written_to_a_disk_in_the_open(path, size, kind):
    request = RequestFactory().post(path, {"sheet": SimpleUploadedFile("x.xlsx", b"x" * size)})
    with request.FILES["sheet"] as file:
        assert type(file) is kind
        assert len(file.read()) == size


def test_of_what_is_too_large_the_rest_falls_and_nothing_is_written(monkeypatch):
    """Its size is told as it was, so that the form refuses it in words."""
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", None)
    size = MOST_BYTES + 1024**2
    files = [SimpleUploadedFile(f"{number}.pdf", b"x" * size) for number in range(6)]
    request = RequestFactory().post(REGISTER, {"files": files})
    taken = request.FILES.getlist("files")
    assert [(type(one), one.size) for one in taken] == [(InMemoryUploadedFile, size)] * 6
    lengths = [len(one.read()) for one in taken]
    assert max(lengths) <= MOST_BYTES
    assert sum(lengths) <= MOST_TOGETHER
