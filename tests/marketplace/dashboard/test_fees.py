"""What the market keeps of a sale: written for days to come, and kept by every sale."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from marketplace.order.models import Line
from marketplace.partner.models import FeeRate
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import DAY, NOW, order_for

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/fees/"
FIRST = DAY + timedelta(days=7)
TYPED = {"rate": "2.5", "begins_on": FIRST.isoformat(), "reason": "理事会决议 3 号"}


@pytest.fixture
def good(maker):
    return ProductFactory(cooperative=maker)


@pytest.fixture
def page(good):
    return f"{LIST}beipo/"


def written(good, rate, begins_on):
    return FeeRate.objects.create(
        shelf=good.cooperative.shelf, rate=rate, begins_on=begins_on, reason="x", at=NOW
    )


def kept_by(*goods):
    lines = Line.objects.filter(order=order_for(*goods)).order_by("pk")
    return [line.fee_rate for line in lines]


def test_a_rate_is_kept_with_who_when_and_why_and_stands_on_both_pages(office, operator, page):
    assert "Nothing yet" in office.get(page).content.decode()
    assert office.post(page, TYPED)["Location"] == page
    rate = FeeRate.objects.get()
    assert (rate.rate, rate.begins_on, rate.reason) == (Decimal("0.025"), FIRST, "理事会决议 3 号")
    assert (rate.by, rate.at, rate.shelf.cooperative.slug) == (operator, NOW, "beipo")
    for address in (LIST, page):
        shown = office.get(address).content.decode()
        assert "0.00%" in shown
        assert "2.50% from 30 November 2026" in shown
    assert "理事会决议 3 号" in office.get(page).content.decode()


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


def test_a_slip_is_put_right_by_a_second_rate_for_the_same_day(office, page):
    office.post(page, TYPED)
    office.post(page, TYPED | {"rate": "0", "reason": "写错了"})
    assert [rate.rate for rate in FeeRate.objects.order_by("pk")] == [Decimal("0.025"), 0]
    shown = office.get(page).content.decode()
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
def test_a_wrong_rate_is_said_beside_the_field_and_changes_nothing(office, page, field, value):
    response = office.post(page, TYPED | {field: value})
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
