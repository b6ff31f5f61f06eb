"""What a voucher takes off, and the words when it does not count."""

from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.offer.services import Person
from marketplace.voucher.models import VoucherUse
from tests.factories import CooperativeFactory
from tests.factories.offers import BEGINS, ENDS, offer_of, voucher_of
from tests.marketplace.offer.counting import LILAN, amounts, discounts, good, lines_of

pytestmark = pytest.mark.django_db


def test_a_voucher_comes_last_and_counts_on_what_remains():
    voucher = voucher_of(percent="10", threshold="80.00")
    offer_of(off="20.00", priority=-9)
    found = discounts(lines_of(good("100.00")), "ysj 20")
    assert [(row.voucher_id, str(row.amount)) for row in found.rows] == [
        (None, "20.00"),
        (voucher.pk, "8.00"),
    ]
    assert found.problem == ""
    assert found.total == Decimal("28.00")


def test_a_voucher_does_not_count_on_exclusive_goods():
    offer_of(percent="10", exclusive=True)
    voucher_of(off="5.00")
    found = discounts(lines_of(good("100.00")), "YSJ20")
    assert len(found.rows) == 1
    assert found.problem == "This voucher is not for the goods in the basket."


def test_without_its_code_a_voucher_takes_nothing_off():
    voucher_of()
    assert amounts(lines_of(good())) == []


def test_only_one_voucher_counts():
    voucher_of("YSJ20", off="5.00")
    voucher_of("YSJ30", off="6.00")
    assert amounts(lines_of(good()), "YSJ30") == ["6.00"]
    assert discounts(lines_of(good()), "YSJ20 YSJ30").problem == (
        "There is no voucher with this code."
    )


def test_words_say_how_much_is_missing():
    voucher_of(off="20.00", threshold="199.00")
    lines = lines_of(good("187.00"))
    found = discounts(lines, "YSJ20")
    assert (found.rows, found.problem) == ([], "¥12.00 more and this voucher counts.")


def test_words_say_that_the_voucher_is_for_other_goods():
    mill = CooperativeFactory()
    voucher_of(cooperative=mill, threshold="10.00")
    assert discounts(lines_of(good()), "YSJ20").problem == (
        "This voucher is not for the goods in the basket."
    )


@pytest.mark.parametrize("code", ["NIX", "满199减20", "'; --", "\x00", "A" * 400])
def test_an_unknown_code_is_said_and_site_offers_count_all_the_same(code):
    offer_of(off="8.00")
    found = discounts(lines_of(good()), code)
    assert [str(row.amount) for row in found.rows] == ["8.00"]
    assert found.problem == "There is no voucher with this code."


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        (BEGINS - timedelta(seconds=1), "This voucher can be used from 2 November 2026."),
        (BEGINS, ""),
        (ENDS - timedelta(seconds=1), ""),
        (ENDS, "This voucher ended on 30 November 2027."),
    ],
)
def test_a_voucher_counts_from_its_first_moment_until_its_last(now, problem):
    voucher_of(off="8.00")
    found = discounts(lines_of(good()), "YSJ20", now=now)
    assert (found.problem, len(found.rows)) == (problem, 0 if problem else 1)


def test_a_voucher_that_is_used_up_is_refused_in_words():
    voucher = voucher_of(limit_total=1)
    VoucherUse.objects.create(voucher=voucher, order_id=1, mobile="13900000000")
    type(voucher).objects.update(uses=1)
    found = discounts(lines_of(good()), "YSJ20")
    assert (found.rows, found.problem) == ([], "This voucher has been used up.")


@pytest.mark.parametrize(
    ("person", "count"),
    [
        (LILAN, 0),
        (Person(mobile="13900000000"), 1),
        (Person(), 1),
    ],
)
def test_a_guest_with_the_mobile_of_a_buyer_has_used_the_voucher(person, count, django_user_model):
    user = django_user_model.objects.create_user("lilan@example.com")
    voucher = voucher_of()
    VoucherUse.objects.create(voucher=voucher, order_id=1, user=user, mobile=LILAN.mobile)
    found = discounts(lines_of(good()), "YSJ20", person)
    assert len(found.rows) == count
    assert found.problem == ("" if count else "You have used this voucher already.")


def test_a_user_with_another_mobile_has_used_the_voucher(django_user_model):
    user = django_user_model.objects.create_user("lilan@example.com")
    VoucherUse.objects.create(voucher=voucher_of(), order_id=1, user=user, mobile=LILAN.mobile)
    again = Person(user_id=user.pk, mobile="13900000000")
    assert discounts(lines_of(good()), "YSJ20", again).problem == (
        "You have used this voucher already."
    )
