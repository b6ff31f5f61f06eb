"""A payout: approved by somebody else, paid once, and the ledger knows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.settlement import services
from marketplace.settlement.models import Payout
from marketplace.settlement.refusals import (
    OwnProposal,
    PayoutRefused,
)
from tests.marketplace.buying import NOW
from tests.marketplace.settlement.payouts.reading import balances
from tests.marketplace.settlement.trade import (
    account_of,
    all_of_it,
    approve,
    delivered,
    delivery_of,
    maker_with_goods,
    pay,
    person,
    propose,
    purse,
    send,
    yuan,
)

pytestmark = pytest.mark.django_db


def test_a_payout_goes_from_hand_to_hand_and_into_the_ledger():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    order = delivered((good, 5))
    whole = 100 + delivery_of(order)
    payout = propose(maker, str(whole))
    assert (purse(maker).payable, purse(maker).proposed) == (0, whole)
    approve(payout)
    file = send()
    pay(payout)
    payout.refresh_from_db()
    assert (payout.state, payout.slip, payout.paid_on) == ("paid", "ABC-1", NOW.date())
    assert payout.bank_file == file
    steps = [(step.state, step.by.email) for step in payout.steps.order_by("pk")]
    assert steps == [
        ("proposed", "proposer@example.com"),
        ("approved", "approver@example.com"),
        ("sent", "approver@example.com"),
        ("paid", "approver@example.com"),
    ]
    assert balances() == {("buyers", 0): -whole, ("paid_out", maker.pk): whole}
    assert (purse(maker).balance, purse(maker).payable) == (0, 0)


def test_paid_with_the_same_slip_again_and_approved_again_change_nothing():
    maker, good = maker_with_goods()
    account_of(maker)
    delivered(good)
    payout = propose(maker, "20.00")
    approve(payout)
    before = all_of_it()
    approve(payout)
    assert all_of_it() == before
    send()
    pay(payout)
    before = all_of_it()
    assert pay(payout).state == "paid"
    assert send() is None
    assert all_of_it() == before


def test_whoever_proposed_it_neither_approves_nor_rejects_it():
    maker, good = maker_with_goods()
    account_of(maker)
    delivered(good)
    payout = propose(maker, "5.00")
    before = all_of_it()
    with pytest.raises(OwnProposal):
        approve(payout, person("proposer"))
    with pytest.raises(OwnProposal):
        services.reject(payout_id=payout.pk, reason="", by=person("proposer"), now=NOW)
    assert all_of_it() == before


def test_the_database_itself_refuses_what_no_service_would_write():
    maker, good = maker_with_goods()
    account_of(maker)
    delivered(good)
    payout = propose(maker, "5.00")
    rows = Payout.objects.filter(pk=payout.pk)
    changes = [
        {"approved_by": payout.proposed_by},
        {"amount": payout.payable + 1},
        {"state": "approved"},
        {"state": "paid", "approved_by": person("approver")},
        {"slip": "ABC"},
        {"state": "lost"},
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    payout.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        payout.save()


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_what_has_ended_goes_nowhere_and_its_money_is_payable_again(end):
    maker, good = maker_with_goods()
    account_of(maker)
    delivered(good)
    payable = purse(maker).payable
    payout = propose(maker, "5.00")
    act = getattr(services, end)
    act(payout_id=payout.pk, reason="先不付", by=person("approver"), now=NOW)
    assert purse(maker).payable == payable
    before = all_of_it()
    for again in (services.reject, services.withdraw):
        with pytest.raises(PayoutRefused):
            again(payout_id=payout.pk, reason="", by=person("other"), now=NOW)
    with pytest.raises(PayoutRefused):
        approve(payout)
    with pytest.raises(PayoutRefused):
        pay(payout)
    assert all_of_it() == before


def test_numbers_say_the_day_of_beijing():
    maker, good = maker_with_goods()
    account_of(maker)
    delivered(good)
    amounts = {maker.pk: yuan("5.00")}
    night = NOW.replace(hour=0, minute=30) + timedelta(days=1)
    (payout,) = services.propose_payouts(amounts=amounts, by=person("p"), now=night)
    assert payout.number == f"FK20261124-{payout.pk:04d}"
