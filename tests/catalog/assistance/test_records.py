"""Benefit records: what is handed in, and what is refused beside its field with nothing changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Evidence, Record, RecordHousehold, RecordStep
from catalog.assistance.refusals import CounterOfCounter, NotReturned
from catalog.assistance.services import end_agreement, resubmit_record, submit_record
from catalog.assistance.services.sold import Sold
from catalog.households.models import Household
from marketplace.uploads import private_storage
from tests.factories.assistance import (
    AT,
    PLENTY,
    agreement_of,
    bookkeeper,
    confirmed,
    counter_of,
    erased,
    mode_of,
    payment_of,
    record_of,
    returned,
    sells,
    slip_photo,
)
from tests.factories.goods import QINGSHUIHE, specialty
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db


def rows() -> list[tuple]:
    """Everything that records consist of."""
    models = (Record, RecordHousehold, RecordStep, Evidence)
    return [sorted(model.objects.values_list()) for model in models]


def refused(agreement, sold=PLENTY, files=1, **changes) -> dict[str, list[str]]:
    before = rows()
    with pytest.raises(ValidationError) as error:
        submit_record(
            agreement_id=agreement.pk,
            payment=payment_of(agreement, **changes),
            evidence=[slip_photo() for _ in range(files)],
            sold=sold,
            by=bookkeeper(),
            now=AT,
        )
    assert rows() == before
    return error.value.message_dict


def again(record, *, keep=None, files=0, sold=PLENTY, **changes) -> Record:
    kept = record.evidence.values_list("pk", flat=True) if keep is None else keep
    return resubmit_record(
        record_id=record.pk,
        payment=payment_of(record.agreement, **changes),
        keep=list(kept),
        evidence=[slip_photo() for _ in range(files)],
        sold=sold,
        by=bookkeeper(),
        now=AT,
    )


def test_a_record_waits_for_the_county_with_its_households_its_evidence_and_its_step():
    agreement = agreement_of(households=3)
    record = record_of(agreement, positions=[1, 3], note="现金")
    record_of(agreement, positions=[2])
    assert list(Record.objects.order_by("pk").values_list("number", flat=True)) == [
        "SY2026-000001",
        "SY2026-000002",
    ]
    page = Record.objects.for_page().get(pk=record.pk)
    assert [one.position for one in page.members.all()] == [1, 3]
    assert (page.state, page.note, page.amount) == ("submitted", "现金", Decimal("1200.00"))
    assert [(step.kind, step.by) for step in page.steps.all()] == [("submitted", bookkeeper())]
    assert (page.evidence.count(), page.cooperative) == (1, agreement.cooperative)
    assert page.members.all()[0].household.get_deferred_fields() >= {"name", "id_number"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2026, 9, 30)}, "ends_on"),
        ({"begins_on": date(2025, 12, 31)}, "begins_on"),
        ({"ends_on": date(2026, 11, 21)}, "ends_on"),
        ({"begins_on": date(2027, 1, 1), "ends_on": date(2027, 1, 31)}, "begins_on"),
        ({"paid_on": date(2026, 11, 21)}, "paid_on"),
        ({"paid_on": date(2025, 12, 31)}, "paid_on"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("-5.00")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal("0.001")}, "amount"),
        ({"amount": Decimal("10000000000.00")}, "amount"),
        ({"slip": " "}, "slip"),
        ({"positions": []}, "positions"),
        ({"positions": [1, 4]}, "positions"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(changes, field):
    assert field in refused(agreement_of(), **changes)


@pytest.mark.parametrize("files", [0, 6])
def test_one_to_five_files_show_a_payment(files):
    assert list(refused(agreement_of(), files=files)) == ["evidence"]


def test_the_last_days_that_may_be_recorded():
    agreement = agreement_of(ends_on=date(2026, 11, 20))
    assert record_of(agreement, ends_on=date(2026, 11, 20), paid_on=date(2026, 11, 20))
    over = agreement_of(begins_on=date(2024, 1, 1), ends_on=date(2025, 11, 19))
    late = {"begins_on": date(2025, 10, 1), "ends_on": date(2025, 10, 31)}
    assert record_of(over, paid_on=date(2026, 11, 20), **late)
    earlier = agreement_of(begins_on=date(2024, 1, 1), ends_on=date(2025, 11, 18))
    assert list(refused(earlier, paid_on=date(2026, 11, 20), **late)) == ["paid_on"]


def test_a_household_that_moved_away_or_was_erased_is_paid_no_more():
    homes = [make_household() for _ in range(3)]
    agreement = agreement_of(households=homes)
    erased(homes[1])
    assert "2" in refused(agreement)["positions"][0]
    Household.objects.filter(pk=homes[0].pk).update(county=QINGSHUIHE)
    assert "1" in refused(agreement)["positions"][0]
    assert record_of(agreement, positions=[3])


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


def test_what_was_returned_is_handed_in_again_with_other_values_and_files():
    record = returned(record_of(positions=[1, 2]))
    dropped = record.evidence.get()
    with_files = again(record, keep=[], files=2, positions=[3], amount=Decimal("7.00"))
    assert (with_files.state, with_files.number) == ("submitted", record.number)
    assert (with_files.amount, with_files.evidence.count()) == (Decimal("7.00"), 2)
    page = Record.objects.for_page().get()
    assert [one.position for one in page.members.all()] == [3]
    assert [step.kind for step in page.steps.all()] == ["submitted", "returned", "submitted"]
    assert not Evidence.objects.filter(pk=dropped.pk).exists()


def test_a_dropped_file_leaves_the_store_once_that_is_sure(django_capture_on_commit_callbacks):
    record = returned(record_of())
    name = record.evidence.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        again(record, keep=[], files=1)
    assert not private_storage().exists(name)


def test_a_file_of_another_record_is_not_kept_with_this_one():
    other, record = record_of(), returned(record_of())
    with pytest.raises(ValidationError) as error:
        again(record, keep=[other.evidence.get().pk])
    assert (list(error.value.message_dict), record.evidence.count()) == (["evidence"], 1)
    assert Record.objects.get(pk=record.pk).state == "returned"


def test_only_what_was_returned_is_handed_in_again():
    for record in (record_of(), confirmed(record_of())):
        before = rows()
        with pytest.raises(NotReturned) as refusal:
            again(record)
        assert (rows(), record.number in refusal.value.words) == (before, True)


def test_a_returned_counter_record_is_not_rewritten_as_a_payment():
    counter = returned(counter_of(confirmed(record_of())))
    before = rows()
    with pytest.raises(CounterOfCounter) as refusal:
        again(counter, positions=[1])
    assert (rows(), bool(refusal.value.words)) == (before, True)


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


def test_a_period_after_the_earlier_end_of_an_agreement_is_outside_of_it():
    agreement = agreement_of()
    end_agreement(agreement_id=agreement.pk, ends_on=date(2026, 10, 15))
    assert list(refused(agreement)) == ["ends_on"]
    assert record_of(agreement, ends_on=date(2026, 10, 15))


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


def test_the_slip_of_a_returned_record_can_be_used_where_it_belongs():
    wrong = returned(record_of(slip="回单-77"))
    right = agreement_of(wrong.cooperative)
    assert record_of(right, slip="回单-77").state == "submitted"
    with pytest.raises(ValidationError) as refusal:
        again(wrong, slip="回单-77")
    assert list(refusal.value.message_dict) == ["slip"]
    assert Record.objects.get(pk=wrong.pk).state == "returned"
