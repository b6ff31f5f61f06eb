"""The county's word and counter-records: what each changes, and what it leaves as it was."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Evidence, Record, RecordHousehold, RecordStep
from catalog.assistance.refusals import (
    AlreadyCountered,
    AlreadyDecided,
    CounterOfCounter,
    MoreThanSold,
    NotConfirmed,
    OwnRecord,
)
from catalog.assistance.services import confirm_record, counter_record, return_record
from catalog.producers.models import Membership
from marketplace.accounts.models import Posting
from marketplace.outbox.models import Message
from tests.factories.assistance import (
    AT,
    PLENTY,
    agreement_of,
    bookkeeper,
    clerk_of_county,
    confirmed,
    erased,
    record_of,
    returned,
    sells,
    slip_photo,
)
from tests.factories.goods import WUCHUAN
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def rows() -> list[tuple]:
    """Everything that records consist of, and what was told."""
    models = (Record, RecordHousehold, RecordStep, Evidence, Message)
    return [sorted(model.objects.values_list()) for model in models]


def refused(refusal: type[Exception], call) -> Exception:
    before = rows()
    with pytest.raises(refusal) as error:
        call()
    assert rows() == before
    return error.value


def confirm(record, by=None, sold=PLENTY) -> Record:
    by = by or clerk_of_county()
    return confirm_record(record_id=record.pk, sold=sold, by=by, now=LATER)


def send_back(record, by=None, reason="回单看不清") -> Record:
    by = by or clerk_of_county()
    return return_record(record_id=record.pk, reason=reason, by=by, now=LATER)


def counter(record, reason="多付了", evidence=()) -> Record:
    about = {"record_id": record.pk, "reason": reason, "evidence": evidence}
    return counter_record(**about, by=bookkeeper(), now=LATER)


def test_what_is_confirmed_counts_from_that_moment_on():
    record = confirm(record_of())
    assert (record.state, record.confirmed_at) == ("confirmed", LATER)
    assert not Record.objects.counted_at(LATER).exists()
    assert Record.objects.counted_at(LATER + timedelta(seconds=1)).get() == record


def test_what_is_returned_says_why_and_does_not_count():
    record = send_back(record_of())
    assert (record.state, record.confirmed_at) == ("returned", None)
    step = record.steps.get(kind="returned")
    assert (step.reason, step.by, step.at) == ("回单看不清", clerk_of_county(), LATER)
    assert not Record.objects.counted_at(datetime(2030, 1, 1, tzinfo=UTC)).exists()


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_returning_and_countering_need_a_reason_of_a_sentence(reason):
    waiting, done = record_of(), confirmed(record_of())
    for call in (lambda: send_back(waiting, reason=reason), lambda: counter(done, reason)):
        assert list(refused(ValidationError, call).message_dict) == ["reason"]


def test_a_record_is_decided_once():
    for record in (confirmed(record_of()), returned(record_of())):
        for call in (confirm, send_back):
            said = refused(AlreadyDecided, lambda call=call, record=record: call(record))
            assert record.number in said.words


def test_nobody_decides_for_a_cooperative_that_they_act_for():
    record = record_of()
    member = {"user": clerk_of_county(), "cooperative": record.cooperative, "role": "clerk"}
    own = Membership.objects.create(**member, begins_on=date(2026, 1, 1))
    for call in (confirm, send_back):
        assert refused(OwnRecord, lambda call=call: call(record)).words
    own.ends_on = date(2026, 11, 1)
    own.save()
    assert confirm(record).state == "confirmed"


def test_nobody_decides_on_what_they_have_entered():
    record = record_of(by=clerk_of_county())
    assert refused(OwnRecord, lambda: confirm(record)).words


def test_what_was_given_back_since_is_seen_when_the_county_confirms():
    record = record_of(amount=Decimal("500.00"), sold=sells("500.00"))
    said = refused(MoreThanSold, lambda: confirm(record, sold=sells("499.99")))
    assert "499.99" in said.words
    assert confirm(record, sold=sells("500.00")).state == "confirmed"


def test_of_several_that_wait_those_that_fit_are_confirmed():
    agreement = agreement_of()
    first = record_of(agreement, positions=[1], amount=Decimal("300.00"))
    second = record_of(agreement, positions=[2], amount=Decimal("300.00"))
    confirm(first, sold=sells("400.00"))
    said = refused(MoreThanSold, lambda: confirm(second, sold=sells("400.00")))
    assert said.excess[1:] == (Decimal("400.00"), Decimal("300.00"))


def test_a_household_that_was_erased_since_stays_counted():
    home = make_household()
    record = record_of(agreement_of(households=[home]))
    erased(home)
    assert confirm(record).state == "confirmed"
    assert Record.objects.for_page().get().members.get().household.code == home.code


def test_a_counter_record_takes_its_record_back_once_it_is_confirmed():
    record = confirmed(record_of(amount=Decimal("80.00")))
    back = counter(record, "付错了户", [slip_photo()])
    names = ("begins_on", "ends_on", "paid_on", "slip", "agreement_id", "cooperative_id")
    assert [getattr(back, name) for name in names] == [getattr(record, name) for name in names]
    assert (back.amount, back.number, back.note) == (Decimal("-80.00"), "SY2026-000002", "付错了户")
    assert (back.evidence.count(), back.members.count()) == (1, 0)
    later = LATER + timedelta(days=1)
    assert Record.objects.counted_at(later).get() == record
    confirm(back)
    record.refresh_from_db()
    assert (record.is_countered, Record.objects.counted_at(later).count()) == (True, 0)
    assert Record.objects.counted_at(LATER).get() == record, "as it was before"
    assert not Record.objects.alive().exists()


def test_what_is_not_confirmed_is_not_countered():
    for record in (record_of(), returned(record_of())):
        assert refused(NotConfirmed, lambda record=record: counter(record)).words


def test_a_counter_record_is_not_countered():
    back = counter(confirmed(record_of()))
    assert refused(CounterOfCounter, lambda: counter(back)).words
    confirm(back)
    assert refused(CounterOfCounter, lambda: counter(back)).words


def test_a_record_is_countered_once():
    record = confirmed(record_of())
    back = counter(record)
    assert back.number in refused(AlreadyCountered, lambda: counter(record)).words
    confirm(back)
    assert back.number in refused(AlreadyCountered, lambda: counter(record)).words


def test_a_counter_record_that_came_back_is_handed_in_again_with_the_new_reason():
    record = confirmed(record_of())
    back = counter(record, evidence=[slip_photo()])
    send_back(back)
    again = counter(record, "多付一户", [slip_photo()])
    assert (again.pk, again.state, again.note) == (back.pk, "submitted", "多付一户")
    kinds = [step.kind for step in again.steps.order_by("pk")]
    assert (kinds, again.evidence.count()) == (["submitted", "returned", "submitted"], 2)


def test_a_counter_record_has_at_most_five_files():
    record = confirmed(record_of())
    six = [slip_photo() for _ in range(6)]
    said = refused(ValidationError, lambda: counter(record, evidence=six))
    assert list(said.message_dict) == ["evidence"]


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("recipient", "event"))


def test_the_county_hears_of_what_waits_and_the_cooperative_of_what_was_decided():
    for name, region in (("wuchuan", WUCHUAN), ("qingshuihe", "150124")):
        post = {"user": clerk_of_county(name), "role": "county_confirmer", "region_id": region}
        Posting.objects.create(**post, begins_on=date(2026, 1, 1))
    agreement = agreement_of()
    for role in ("owner", "accountant", "clerk"):
        member = {"user": bookkeeper(role), "cooperative": agreement.cooperative, "role": role}
        Membership.objects.create(**member, begins_on=date(2026, 1, 1))
    record = record_of(agreement)
    assert [recipient for recipient, _event in told()] == ["wuchuan@example.org"]
    send_back(record, reason="第三户没有签字")
    letters = Message.objects.exclude(recipient="wuchuan@example.org")
    assert sorted(letters.values_list("recipient", flat=True)) == [
        "accountant@example.org",
        "owner@example.org",
    ]
    body = letters.first().body
    assert "第三户没有签字" not in letters.first().subject + body
    assert f"/c/{agreement.cooperative.slug}/assistance/records/{record.number}/" in body
    assert not any(one.household.code in body for one in agreement.members.all())
    assert "200.00" not in body
