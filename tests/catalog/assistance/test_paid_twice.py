"""The same payment is not recorded twice: by its slip, its households and days."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Record
from tests.catalog.assistance.handing_in import again, refused
from tests.factories.assistance import (
    agreement_of,
    confirmed,
    counter_of,
    mode_of,
    record_of,
    returned,
)
from tests.factories.goods import specialty
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db


def test_the_same_slip_again_names_the_record_that_has_it():
    first = record_of(agreement_of(), slip="A1")
    other = agreement_of(first.cooperative)
    assert first.number in refused(other, slip="A1")["slip"][0]
    assert record_of(agreement_of(), slip="A1"), "another cooperative has another bank"


def test_the_slip_of_a_countered_record_may_be_used_again():
    first = confirmed(record_of(slip="A1"))
    counter = counter_of(first)
    assert refused(first.agreement, slip="A1")
    confirmed(counter)
    assert record_of(first.agreement, slip="A1")


def test_a_household_is_not_paid_twice_for_the_same_days_of_an_agreement():
    agreement = agreement_of(households=3)
    first = record_of(agreement, positions=[1, 2])
    words = refused(
        agreement, positions=[2, 3], begins_on=date(2026, 10, 31), ends_on=date(2026, 11, 10)
    )["begins_on"][0]
    assert (first.number in words, "2" in words.split(first.number)[1]) == (True, True)
    assert record_of(agreement, positions=[3])
    assert record_of(agreement, begins_on=date(2026, 11, 1), ends_on=date(2026, 11, 10))


def test_nor_under_a_second_agreement_of_the_same_mode_and_goods():
    home = make_household()
    first = record_of(agreement_of(households=[home]))
    second = agreement_of(first.cooperative, households=[make_household(), home])
    words = refused(second)["begins_on"][0]
    assert (first.number in words, "2" in words.split(first.number)[1]) == (True, True)
    assert record_of(second, positions=[1])


@pytest.mark.parametrize("change", ["mode", "specialty", "all goods"])
def test_in_another_way_or_for_other_goods_it_may_be_paid_for_the_same_days(change):
    home = make_household()
    first = record_of(agreement_of(households=[home]))
    other = {
        "mode": {"mode": mode_of("wage", "务工")},
        "specialty": {"specialty": specialty("potato", "土豆")},
        "all goods": {"specialty": None},
    }[change]
    assert record_of(agreement_of(first.cooperative, households=[home], **other))


def test_another_cooperative_may_pay_the_same_household_for_the_same_days():
    home = make_household()
    record_of(agreement_of(households=[home]))
    assert record_of(agreement_of(households=[home]))


def test_the_slip_of_a_returned_record_can_be_used_where_it_belongs():
    wrong = returned(record_of(slip="回单-77"))
    right = agreement_of(wrong.cooperative)
    assert record_of(right, slip="回单-77").state == "submitted"
    with pytest.raises(ValidationError) as refusal:
        again(wrong, slip="回单-77")
    assert list(refusal.value.message_dict) == ["slip"]
    assert Record.objects.get(pk=wrong.pk).state == "returned"
