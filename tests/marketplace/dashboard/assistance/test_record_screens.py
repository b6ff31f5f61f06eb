"""Benefit records on screen: handed in on a phone, returned, corrected, confirmed, countered."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from catalog.assistance.models import Record
from marketplace.dashboard import listing
from tests.factories.assistance import (
    agreement_of,
    confirmed,
    counter_of,
    erased,
    record_of,
    returned,
)
from tests.factories.files import named_photo, photo
from tests.marketplace.dashboard.assistance.conftest import client_of
from tests.marketplace.dashboard.assistance.screens import (
    ALL,
    COUNT,
    RECORDS,
    ROOM,
    ROW,
    everything,
    sold,
    text,
    typed,
)
from tests.marketplace.dashboard.conftest import posted
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(maker):
    return agreement_of(maker, households=3)


@pytest.fixture
def form(agreement) -> str:
    return f"{ROOM}agreements/{agreement.number}/record/"


def test_the_whole_way_over_the_screens(books, county, maker, agreement, form):
    sold(maker)
    assert text(books, form).count(" checked") == 3
    answer = books.post(form, typed())
    record = Record.objects.get()
    assert answer["Location"] == f"{ROOM}records/{record.number}/"
    assert ROW.findall(text(county, RECORDS)) == [record.number]
    words = text(county, f"{RECORDS}{record.number}/")
    assert "180.00" in words
    file = county.get(f"{RECORDS}{record.number}/evidence/{record.evidence.get().pk}/")
    assert (file.status_code, file["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(BytesIO(file.content)).size == (30, 40)
    county.post(f"{RECORDS}{record.number}/return/", {"reason": "第二户没有签字"})
    for page in (ROOM, f"{ROOM}records/{record.number}/", f"{ROOM}records/{record.number}/again/"):
        assert "第二户没有签字" in text(books, page)
    again = f"{ROOM}records/{record.number}/again/"
    kept = [record.evidence.get().pk]
    books.post(again, typed(positions=["1"], amount="60", keep=kept, evidence=[photo()]))
    record.refresh_from_db()
    assert (record.state, record.evidence.count(), record.members.count()) == ("submitted", 2, 1)
    county.post(f"{RECORDS}{record.number}/confirm/")
    record.refresh_from_db()
    assert (record.state, str(record.amount)) == ("confirmed", "60.00")
    books.post(f"{ROOM}records/{record.number}/counter/", {"reason": "付错了户"})
    back = Record.objects.get(counters=record)
    page = text(county, f"{RECORDS}{back.number}/")
    assert ("付错了户" in page, "−¥60.00" in page) == (True, True)
    county.post(f"{RECORDS}{back.number}/confirm/")
    record.refresh_from_db()
    assert record.is_countered
    words = text(books, f"{ROOM}records/{record.number}/")
    assert ("counter/" in words, back.number in words) == (False, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "-5"}, "greater than or equal to 0"),
        ({"amount": "0"}, "More than nothing"),
        ({"amount": "1.001"}, "no more than 2 decimal places"),
        ({"amount": "180.01"}, "More than was sold"),
        ({"amount": "很多"}, "Enter a number."),
        ({"paid_on": "2026-11-24"}, "This day is still to come."),
        ({"ends_on": "2026-12-31"}, "This day is still to come. Record what is over"),
        ({"begins_on": "2025-12-31"}, "The agreement runs from"),
        ({"ends_on": "2026-10-01"}, "It cannot end before it begins."),
        ({"positions": []}, "Tick at least one household."),
        ({"positions": ["1", "99"]}, "Choose among what is listed here."),
        ({"slip": ""}, "This field is required."),
        ({"evidence": []}, "Choose a photo or a PDF."),
        ({"evidence": lambda: [photo() for _ in range(6)]}, "At most 5 files, please."),
        ({"evidence": lambda: [named_photo(bytes(50 * 1024**2))]}, "This file has 50 MB."),
        ({"evidence": lambda: [photo(), named_photo(b"x")]}, "This is no picture and no PDF."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    books, maker, form, changes, words
):
    sold(maker)
    before = everything()
    changes = {name: value() if callable(value) else value for name, value in changes.items()}
    answer = books.post(form, typed(note="留下的字", **changes))
    content = answer.content.decode()
    assert (answer.status_code, words in content, "留下的字" in content) == (200, True, True)
    assert everything() == before


def test_the_same_payment_again_is_told_beside_its_slip_and_its_period(books, maker, form):
    sold(maker)
    books.post(form, typed(amount="10"))
    record, before = Record.objects.get(), everything()
    for slip, words in (
        ("回单 88", f"Record {record.number} has this slip already."),
        ("回单 89", f"{record.number} has paid for days of this period already: No. 1, 2"),
    ):
        answer = books.post(form, typed(amount="10", slip=slip))
        assert words in answer.content.decode()
    assert everything() == before


def test_money_that_went_back_is_not_sold(books, maker, form):
    parcel = sold(maker)
    parcel.lines.update(refunded="100.00")
    answer = books.post(form, typed(amount="80.01"))
    assert "goods for ¥80.00 were sold" in answer.content.decode()
    assert books.post(form, typed(amount="80.00")).status_code == 302


def test_a_household_that_was_erased_is_not_offered(books, agreement, form):
    erased(agreement.members.get(position=2).household)
    assert text(books, form).count('name="positions"') == 2


def test_only_what_was_returned_is_handed_in_again_on_screen(books, agreement):
    record = record_of(agreement)
    before = everything()
    for send in (books.get, books.post):
        answer = send(f"{ROOM}records/{record.number}/again/", follow=True)
        assert "Only what the county has returned" in answer.content.decode()
    assert everything() == before


def test_a_counter_record_needs_a_reason_and_a_confirmed_record(books, agreement):
    record = confirmed(record_of(agreement))
    page, before = f"{ROOM}records/{record.number}/counter/", everything()
    assert "This field is required." in books.post(page, {"reason": ""}).content.decode()
    assert everything() == before
    back = counter_of(record)
    before = everything()
    answer = books.post(page, {"reason": "再来"})
    assert f"{back.number} counters this record already." in answer.content.decode()
    assert everything() == before
    assert books.get(page).status_code == 302


def test_the_county_returns_with_a_reason_only(county, agreement):
    record = record_of(agreement)
    before = everything()
    answer = county.post(f"{RECORDS}{record.number}/return/", {"reason": " "})
    assert "This field is required." in answer.content.decode()
    assert everything() == before
    assert county.get(f"{RECORDS}{record.number}/erase/").status_code == 404


def test_more_than_was_sold_is_told_to_the_county_and_not_confirmed(county, agreement):
    record = record_of(agreement)
    before = everything()
    assert "it cannot be confirmed" in text(county, f"{RECORDS}{record.number}/")
    answer = county.post(f"{RECORDS}{record.number}/confirm/", follow=True)
    assert "More than was sold" in answer.content.decode()
    assert everything() == before


def test_whoever_comes_too_late_is_told_where_it_stands(county, agreement):
    record = returned(record_of(agreement))
    assert county.get(f"{RECORDS}{record.number}/confirm/").status_code == 302
    answer = county.post(f"{RECORDS}{record.number}/confirm/", follow=True)
    assert f"Meanwhile {record.number} stands at" in answer.content.decode()


def test_what_waits_the_longest_stands_first_and_the_desk_counts_it(county, agreement):
    waiting = [record_of(agreement, positions=[number]) for number in (1, 2)]
    returned(record_of(agreement, positions=[3]))
    words = text(county, RECORDS)
    assert ROW.findall(words) == [one.number for one in waiting]
    counts = {"": "2", "returned": "1", "confirmed": "0", "countered": "0", "all": "3"}
    assert dict(COUNT.findall(words)) == counts
    home = text(county, "/en/dashboard/county/150125/")
    assert "Benefit records to confirm" in home


def test_the_operator_reads_every_record_and_no_evidence(agreement):
    office = client_of(posted("operator", "operator"))
    record = record_of(agreement)
    words = text(office, ALL, county="150125")
    assert ROW.findall(words) == [record.number]
    words = text(office, f"{ALL}{record.number}/")
    assert ("/evidence/" in words, "confirm/" in words) == (False, False)
    assert "1,200.00" in words
    assert ROW.findall(text(office, ALL, county="999")) == [record.number]


def test_the_clerk_who_sees_no_money_sees_no_records(maker, agreement):
    clerk = client_of(member_of(maker, "clerk", "hand"))
    assert clerk.get(ROOM).status_code == 403
    assert "assistance" not in text(clerk, "/en/dashboard/c/beipo/")


def test_a_payment_may_follow_a_year_after_the_agreement_has_ended(books, maker):
    days = {"begins_on": date(2024, 1, 1), "ends_on": date(2025, 11, 22)}
    recent = agreement_of(maker, **days)
    old = agreement_of(maker, **days | {"ends_on": date(2025, 11, 21)})
    later = agreement_of(maker, begins_on=date(2026, 11, 24))
    words = text(books, ROOM)
    assert [one.number in words for one in (recent, old, later)] == [True, False, False]


def test_the_room_says_what_to_do_when_there_is_nothing(books, county):
    assert "No agreement is in force" in text(books, ROOM)
    assert "Nothing waits for you." in text(county, RECORDS)
    assert "No agreements yet" in text(county, "/en/dashboard/county/150125/agreements/")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_any_length(books, county, maker, django_assert_num_queries, count):
    for _ in range(count):
        record_of(agreement_of(maker))
        returned(record_of(agreement_of(maker)))
    office = client_of(posted("operator", "operator"))
    for client, path, queries, shown in (
        (county, RECORDS, 4, count),
        (books, ROOM, 9, 5 * count),
        (office, ALL, 5, 2 * count),
    ):
        with django_assert_num_queries(queries):
            assert len(ROW.findall(text(client, path))) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_households(
    county, maker, django_assert_num_queries, count
):
    record = record_of(agreement_of(maker, households=count))
    with django_assert_num_queries(11):
        page = text(county, f"{RECORDS}{record.number}/")
    assert page.count("benefit-list__one") == count
    assert reverse("backoffice:county_record", args=["150125", record.number]) in page


@pytest.mark.parametrize("pages", [[1], [2, 1]])
def test_an_agreement_shows_its_records_page_by_page(
    books, maker, monkeypatch, django_assert_num_queries, pages
):
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    agreement = agreement_of(maker)
    for month in range(1, sum(pages) + 1):
        first = date(2026, month, 1)
        record_of(agreement, begins_on=first, ends_on=first, paid_on=first)
    for number, shown in enumerate(pages, start=1):
        path = f"{ROOM}agreements/{agreement.number}/?page={number}"
        with django_assert_num_queries(7):
            assert len(ROW.findall(text(books, path))) == shown
