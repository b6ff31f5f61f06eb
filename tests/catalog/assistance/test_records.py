"""Benefit records: what is handed in, and what is refused beside its field with nothing changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Evidence, Record
from catalog.assistance.refusals import CounterOfCounter, NotReturned
from catalog.assistance.services import end_agreement
from catalog.households.models import Household
from marketplace.uploads import private_storage
from tests.catalog.assistance.handing_in import again, refused, rows
from tests.factories.assistance import (
    agreement_of,
    bookkeeper,
    confirmed,
    counter_of,
    erased,
    record_of,
    returned,
)
from tests.factories.goods import QINGSHUIHE
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db


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


def test_a_period_after_the_earlier_end_of_an_agreement_is_outside_of_it():
    agreement = agreement_of()
    end_agreement(agreement_id=agreement.pk, ends_on=date(2026, 10, 15))
    assert list(refused(agreement)) == ["ends_on"]
    assert record_of(agreement, ends_on=date(2026, 10, 15))
