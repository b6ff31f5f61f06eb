"""What the market keeps of a sale: written for days to come, and kept by every sale."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalog.producers.models import Membership
from marketplace.order.models import Line
from marketplace.outbox.models import Message
from marketplace.partner.models import FeeRate
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import DAY, NOW, order_for
from tests.marketplace.dashboard.conftest import BEGINNING, somebody

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/fees/"
FIRST = DAY + timedelta(days=7)
TYPED = {"rate": "2.5", "begins_on": FIRST.isoformat(), "reason": "理事会决议 3 号"}


@pytest.fixture
def good(maker):
    return ProductFactory(cooperative=maker)


@pytest.fixture
def screen(good):
    return f"{LIST}beipo/"


def written(good, rate, begins_on):
    return FeeRate.objects.create(
        shelf=good.cooperative.shelf, rate=rate, begins_on=begins_on, reason="x", at=NOW
    )


def kept_by(*goods):
    lines = Line.objects.filter(order=order_for(*goods)).order_by("pk")
    return [line.fee_rate for line in lines]


def test_a_rate_is_kept_with_who_when_and_why_and_stands_on_both_pages(office, operator, screen):
    assert "Nothing yet" in office.get(screen).content.decode()
    assert office.post(screen, TYPED)["Location"] == screen
    rate = FeeRate.objects.get()
    assert (rate.rate, rate.begins_on, rate.reason) == (Decimal("0.025"), FIRST, "理事会决议 3 号")
    assert (rate.by, rate.at, rate.shelf.cooperative.slug) == (operator, NOW, "beipo")
    for address in (LIST, screen):
        shown = office.get(address).content.decode()
        assert "0.00%" in shown
        assert "2.50% from 30 November 2026" in shown
    assert "理事会决议 3 号" in office.get(screen).content.decode()


def test_owner_and_accountant_are_told_once_what_changes_from_when(office, maker, screen, good):
    seats = {"owner": "owner", "accountant": "accountant", "helper": "clerk", "left": "owner"}
    for name, role in seats.items():
        ends = {"ends_on": DAY - timedelta(days=1)} if name == "left" else {}
        Membership.objects.create(
            user=somebody(name), cooperative=maker, role=role, begins_on=BEGINNING, **ends
        )
    written(good, "0.01", DAY - timedelta(days=9))
    written(good, "0.015", DAY + timedelta(days=3))
    office.post(screen, TYPED)
    messages = Message.objects.order_by("recipient")
    told = [message.recipient for message in messages]
    assert told == ["accountant@example.com", "owner@example.com"]
    assert messages[0].event == f"fee_rate:{FeeRate.objects.latest('pk').pk}"
    assert "2.50%" in messages[0].subject
    for words in ("2026", "2.50%", "1.50%", "理事会决议 3 号", "/dashboard/c/beipo/money/"):
        assert words in messages[0].body


def test_whoever_was_refused_tells_nobody(office, maker, screen):
    Membership.objects.create(
        user=somebody("owner"), cooperative=maker, role="owner", begins_on=BEGINNING
    )
    office.post(screen, TYPED | {"reason": ""})
    assert not Message.objects.exists()


def test_a_line_keeps_the_rate_of_its_producer_on_the_day_of_the_sale(good):
    other = ProductFactory(cooperative=CooperativeFactory())
    assert kept_by(good, other) == [0, 0]
    written(good, "0.02", DAY - timedelta(days=9))
    written(good, "0.03", DAY)
    written(good, "0.04", DAY + timedelta(days=1))
    first = order_for(good)
    assert kept_by(good, other) == [Decimal("0.03"), 0]
    written(good, "0.05", DAY)
    assert kept_by(good) == [Decimal("0.05")]
    assert first.lines.get().fee_rate == Decimal("0.03")


def test_a_slip_is_put_right_by_a_second_rate_for_the_same_day(office, screen):
    office.post(screen, TYPED)
    office.post(screen, TYPED | {"rate": "0", "reason": "写错了"})
    assert [rate.rate for rate in FeeRate.objects.order_by("pk")] == [Decimal("0.025"), 0]
    shown = office.get(screen).content.decode()
    assert shown.count("replaced") == 1
    assert "0.00% from 30 November 2026" in office.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("rate", wrong) for wrong in ("", "-1", "30.01", "x", "NaN", "1.234", "1e9", "9" * 500)),
        ("begins_on", ""),
        ("begins_on", "x"),
        ("begins_on", DAY.isoformat()),
        ("begins_on", (FIRST - timedelta(days=1)).isoformat()),
        ("begins_on", "2020-01-01"),
        ("begins_on", "2100-01-01"),
        ("reason", ""),
        ("reason", "   "),
        ("reason", "x" * 201),
    ],
)
def test_a_wrong_rate_is_said_beside_the_field_and_changes_nothing(office, screen, field, value):
    response = office.post(screen, TYPED | {field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "field--wrong" in response.content.decode()
    assert not FeeRate.objects.exists()


@pytest.mark.parametrize("changes", [{"rate": "-0.01"}, {"rate": "0.31"}, {"reason": ""}])
def test_the_database_refuses_what_is_no_rate(good, changes):
    facts = {"rate": "0.01", "begins_on": FIRST, "reason": "x", "at": NOW} | changes
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeRate.objects.create(shelf=good.cooperative.shelf, **facts)


def test_a_producer_that_is_not_there_is_not_found(office, db):
    assert office.get(f"{LIST}mars/").status_code == 404
    assert office.post(f"{LIST}mars/", TYPED).status_code == 404


def test_without_producers_the_list_says_so(office, db):
    assert "No producers yet" in office.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for _ in range(count):
        written(ProductFactory(cooperative=CooperativeFactory()), "0.01", date(2026, 1, 1))
    office.get(LIST)
    with django_assert_max_num_queries(9):
        assert office.get(LIST).content.decode().count("1.00%") == count
