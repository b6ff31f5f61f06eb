"""The payments' room: what waits for a decision, refunds, comparing with Stripe."""

import re
from datetime import timedelta

import pytest

from marketplace.dashboard.payments import comparing
from marketplace.payment.models import Finding, Reconciliation, Refund
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.money import (
    arrived,
    failed,
    finding,
    give_back,
    state_of_money,
    with_money,
)

pytestmark = pytest.mark.django_db
ROOM = "/en/dashboard/payments/"
KINDS = Finding.Kind.values


def read(office, path: str = ROOM, **params) -> str:
    response = office.get(path, params)
    assert response.status_code == 200
    return response.content.decode()


def test_without_anything_the_room_says_that_it_tallies(office):
    page = read(office)
    assert "Nothing to decide" in page
    assert "not been compared yet" in page
    assert "Decided lately" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_each_finding_says_what_it_is_and_what_to_do(office, kind):
    made = finding(kind, subject="pi_9", number="YS20261123-222222")
    page = read(office)
    assert str(Finding.Kind(kind).label) in page
    assert "¥9.00" in page
    assert "23 November 2026 09:30" in page
    assert f'action="/en/dashboard/payments/findings/{made.pk}/"' in page
    assert len(re.findall(r'<article class="finding".*?</dl>\s*<p>[^<]{40,}</p>', page, re.S)) == 1


def test_an_order_that_is_here_is_linked_and_one_that_is_not_is_only_named(office):
    order = with_money()
    finding("second_money", "pi_1", order.number)
    finding("unknown_money", "pi_2", "../<b>&一个", None)
    page = read(office)
    assert f'href="/en/dashboard/orders/{order.number}/#money"' in page
    assert "../&lt;b&gt;&amp;一个" in page
    assert "(not here)" in page


def test_the_oldest_comes_first_and_a_long_list_says_how_many_follow(office, monkeypatch):
    monkeypatch.setattr("marketplace.dashboard.payments.listing.OPEN_AT_MOST", 2)
    for number in range(3):
        finding("unknown_money", f"pi_{number}")
    Finding.objects.filter(subject="pi_2").update(found_at=NOW - timedelta(days=1))
    page = read(office)
    assert re.findall(r">(pi_\d)<", page) == ["pi_2", "pi_0"]
    assert "3 to decide" in page
    assert "1 more" in page


def test_a_decision_is_written_down_with_who_and_when(office, operator):
    made = finding()
    response = office.post(f"{ROOM}findings/{made.pk}/", {"note": "在 Stripe 退了"})
    assert response["Location"] == ROOM
    made.refresh_from_db()
    assert (made.closed_by, made.closed_at, made.note) == (operator, NOW, "在 Stripe 退了")
    page = read(office)
    assert "Nothing to decide" in page
    assert "在 Stripe 退了" in page
    assert "在 Stripe 退了" in read(office, f"{ROOM}findings/{made.pk}/")


@pytest.mark.parametrize("note", ["", "  ", "长" * 301, "a\x00b"])
def test_without_a_note_it_stays_open(office, note):
    made = finding()
    response = office.post(f"{ROOM}findings/{made.pk}/", {"note": note})
    assert "field--wrong" in response.content.decode()
    made.refresh_from_db()
    assert (made.closed_at, made.note) == (None, "")


def test_what_somebody_else_has_decided_is_not_decided_again(office):
    made = finding()
    Finding.objects.update(closed_at=NOW, note="已经退了")
    response = office.post(f"{ROOM}findings/{made.pk}/", {"note": "别的"}, follow=True)
    page = response.content.decode()
    assert "closed this meanwhile" in page
    assert "已经退了" in page
    assert Finding.objects.get().note == "已经退了"


def test_what_is_gone_by_itself_says_so(office):
    finding("ledger", "YS1", "YS1")
    Finding.objects.update(closed_at=NOW)
    assert "Gone by itself" in read(office)


def test_a_failed_refund_is_tried_again_from_the_room(office, operator):
    order = with_money()
    refund = failed(give_back(order))
    path = f"{ROOM}refunds/{refund.pk}/again/"
    assert f'action="{path}"' in read(office)
    assert "Try this refund again?" in read(office, path)
    assert office.post(path)["Location"] == f"/en/dashboard/orders/{order.number}/"
    again = Refund.objects.latest("pk")
    assert (again.state, again.amount, again.by) == ("pending", refund.amount, operator)
    page = read(office)
    assert "Nothing to decide" in page
    assert "Tried again" in page


def test_a_double_click_tries_again_once(office):
    refund = failed(give_back(with_money()))
    for _ in range(2):
        office.post(f"{ROOM}refunds/{refund.pk}/again/")
    assert Refund.objects.count() == 2


@pytest.mark.parametrize("end", [lambda refund: refund, arrived])
def test_what_has_not_failed_is_not_tried_again(office, end):
    refund = end(give_back(with_money()))
    before = state_of_money()
    response = office.post(f"{ROOM}refunds/{refund.pk}/again/")
    assert response.status_code == 409
    assert "refunded meanwhile" in response.content.decode()
    assert state_of_money() == before


def test_refunds_are_listed_by_their_states_newest_first(office):
    order = with_money()
    first, second, third = (give_back(order, "1.00", token=f"token-{n}") for n in range(3))
    failed(second)
    arrived(third)
    path = f"{ROOM}refunds/"
    page = read(office, path)
    counts = dict(re.findall(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)', page))
    assert counts == {"": "3", "pending": "1", "succeeded": "1", "failed": "1"}
    assert page.count('<li class="refund">') == 3
    assert page.index("state--succeeded") < page.index("state--failed")
    assert page.index("state--failed") < page.index("state--pending")
    assert read(office, path, state="pending").count('<li class="refund">') == 1
    assert first.state == "pending"


@pytest.mark.parametrize("params", [{"state": "x"}, {"state": "a\x00"}])
def test_wrong_filters_show_all_refunds(office, params):
    give_back(with_money())
    assert '<li class="refund">' in read(office, f"{ROOM}refunds/", **params)


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    assert office.get(f"{ROOM}refunds/", {"page": asked})["Location"] == f"{ROOM}refunds/"


def test_empty_lists_say_what_comes_there(office):
    assert "No refunds yet" in read(office, f"{ROOM}refunds/")
    assert "None of these" in read(office, f"{ROOM}refunds/", state="failed")


def run(**changes) -> Reconciliation:
    values = {"began_at": NOW, "since": NOW, "ended_at": NOW, "compared": 17, **changes}
    return Reconciliation.objects.create(**values)


def test_a_comparison_says_when_how_many_and_what_it_mended(office):
    run(healed=[["event", "evt_1"], ["payment", "YS1"], ["event", "evt_2"], ["new_kind", "x"]])
    page = read(office)
    assert "17 compared" in page
    assert "had not arrived, taken in (2): evt_1, evt_2" in page
    assert "had not been noted, noted (1): YS1" in page
    assert "new_kind (1): x" in page


def test_one_that_stopped_says_why_and_one_whose_worker_died_says_so(office):
    run(ended_at=None, problem="Stripe does not answer <b>")
    run(ended_at=None, began_at=NOW - timedelta(minutes=11))
    page = read(office)
    assert "Stopped: Stripe does not answer &lt;b&gt;" in page
    assert "Broken off" in page
    assert "Compare now" in page


@pytest.fixture
def begun(monkeypatch):
    """How often the worker was asked to compare."""
    calls = []
    monkeypatch.setattr(comparing.reconcile_payments, "delay", lambda: calls.append(1))
    return calls


def compare(office, capture) -> str:
    with capture(execute=True):
        return office.post(f"{ROOM}compare/")["Location"]


def test_comparing_begins_in_the_worker_and_its_end_is_awaited(
    office, begun, django_capture_on_commit_callbacks
):
    old = run()
    path = compare(office, django_capture_on_commit_callbacks)
    assert begun == [1]
    assert path == f"{ROOM}compare/?after={old.pk}&looks=0"
    page = read(office, path)
    assert "This page says when it is done" in page
    assert f'hx-get="{ROOM}compare/?after={old.pk}&amp;looks=1"' in page
    assert "Compare now" not in page
    run()
    page = read(office, path)
    assert "The comparison has ended" in page
    assert "delay:3s" not in page
    assert "Compare now" in page


def test_one_under_way_is_not_begun_twice(office, begun, django_capture_on_commit_callbacks):
    run(ended_at=None)
    compare(office, django_capture_on_commit_callbacks)
    assert begun == []


def test_the_page_stops_looking_after_twenty_times(office):
    page = read(office, f"{ROOM}compare/", after=0, looks=20)
    assert "worker may not be running" in page
    assert "delay:3s" not in page


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "²", ""])
def test_wrong_words_in_the_address_are_left_out(office, value):
    assert "delay:3s" not in read(office, f"{ROOM}compare/", after=value, looks=value)


def test_without_a_broker_the_page_still_comes(
    office, dead_broker, django_capture_on_commit_callbacks
):
    assert compare(office, django_capture_on_commit_callbacks).startswith(f"{ROOM}compare/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_costs_the_same_for_any_number(office, count, django_assert_max_num_queries):
    for number in range(count):
        order = with_money()
        failed(give_back(order))
        finding("no_money", order.number, order.number)
        finding("unknown_money", f"pi_{number}")
        finding("unknown_refund", f"re_{number}", order.number)
        Finding.objects.filter(kind="unknown_refund").update(closed_at=NOW, note="x")
        run()
    for path, most in ((ROOM, 9), (f"{ROOM}refunds/", 6), (f"{ROOM}compare/", 4)):
        read(office, path)
        with django_assert_max_num_queries(most):
            read(office, path)


@pytest.mark.parametrize("tail", ["findings/{}/", "refunds/{}/again/"])
@pytest.mark.parametrize("key", [1, 10**30])
def test_what_is_not_there_is_not_found(office, tail, key):
    path = ROOM + tail.format(key)
    assert office.get(path).status_code == 404
    assert office.post(path, {"note": "x"}).status_code == 404
