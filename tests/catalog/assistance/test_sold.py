"""No more is recorded as paid than was sold."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.services.sold import Sold
from tests.catalog.assistance.handing_in import again, refused, rows
from tests.factories.assistance import agreement_of, record_of, returned, sells
from tests.factories.goods import specialty

pytestmark = pytest.mark.django_db


def test_no_more_is_recorded_than_was_sold_to_the_fen():
    agreement = agreement_of()
    record_of(agreement, amount=Decimal("1000.00"), positions=[1])
    more = {"amount": Decimal("500.01"), "positions": [2]}
    words = refused(agreement, sold=sells("1500.00"), **more)["amount"][0]
    assert "1,500.00" in words
    assert "1,000.00" in words
    assert record_of(agreement, sold=sells("1500.01"), **more)


def test_only_records_of_the_same_goods_and_days_are_compared_with_what_was_sold():
    agreement = agreement_of()
    thousand = {"amount": Decimal("1000.00"), "sold": sells("1000.00", "2000.00")}
    record_of(agreement, **thousand)
    maker = agreement.cooperative
    assert record_of(agreement_of(maker, specialty=specialty("potato", "土豆")), **thousand)
    september = {"begins_on": date(2026, 9, 1), "ends_on": date(2026, 9, 30)}
    assert record_of(agreement, **thousand, **september)
    assert record_of(agreement_of(), **thousand), "of another cooperative"
    everything = agreement_of(maker, specialty=None)
    assert list(refused(everything, **{**thousand, "sold": sells("2999.99")})) == ["amount"]
    assert record_of(everything, **{**thousand, "sold": sells("3000.00")})


def test_what_is_handed_in_again_is_compared_with_what_came_meanwhile():
    agreement = agreement_of()
    record = returned(record_of(agreement, slip="A1"))
    second = record_of(agreement, slip="A2")
    before = rows()
    for changes in ({"slip": "A2"}, {"slip": "A1"}):
        with pytest.raises(ValidationError) as error:
            again(record, **changes)
        assert second.number in str(error.value.message_dict)
    assert rows() == before


def test_goods_are_not_paid_of_twice_by_records_with_and_without_a_specialty():
    oats = agreement_of()
    everything = agreement_of(oats.cooperative, specialty=None)
    hundred = {"amount": Decimal("100.00"), "sold": sells("100.00", "100.00")}
    record_of(everything, **hundred)
    assert list(refused(oats, **hundred)) == ["amount"]
    assert record_of(oats, **{**hundred, "sold": sells("100.00", "200.00")})


def test_a_dividend_of_the_year_does_not_stand_in_the_way_of_a_month():
    """Nor may months that come after it be more than the year sold."""

    def sold(begins_on: date, ends_on: date) -> Sold:
        money = Decimal("1000.00") if begins_on.month != ends_on.month else Decimal("300.00")
        return Sold(money, money)

    first = agreement_of(specialty=None)
    dividend = agreement_of(first.cooperative, specialty=None)
    year = {"begins_on": date(2026, 1, 1), "ends_on": date(2026, 10, 31)}
    record_of(dividend, amount=Decimal("800.00"), sold=sold, **year)
    assert list(refused(first, amount=Decimal("200.01"), sold=sold)) == ["amount"]
    assert record_of(first, amount=Decimal("200.00"), sold=sold)
