"""A payout: covered, approved by somebody else, paid once, and the ledger knows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.ledger.models import Entry
from marketplace.settlement import services
from marketplace.settlement.models import Payout
from marketplace.settlement.refusals import (
    AccountReplaced,
    NoAccount,
    NotCovered,
    OwnProposal,
    PayoutRefused,
    UnderWay,
)
from tests.marketplace.buying import NOW, in_english
from tests.marketplace.dashboard.money import arrived, give_back, with_money
from tests.marketplace.settlement.trade import (
    account_of,
    all_of_it,
    approve,
    delivered,
    delivery_of,
    lead,
    maker_with_goods,
    pay,
    pay_out,
    person,
    propose,
    purse,
    send,
    unpaid,
    yuan,
)

pytestmark = pytest.mark.django_db


def balances():
    return {key: amount for key, amount in Entry.objects.balances().items() if amount}


def test_only_what_was_delivered_is_payable_and_the_rest_says_what_it_waits_for():
    maker, good = maker_with_goods("20.00")
    with_money((good, 1))
    lead(with_money((good, 2)), "shipped")
    order = delivered((good, 5))
    unpaid((good, 3))
    found = purse(maker)
    fee = delivery_of(order)
    assert found.payable == 100 + fee
    assert found.balance - found.payable == found.to_send + found.under_way
    assert (found.to_send - found.under_way, found.going_back, found.proposed) == (-20, 0, 0)


def test_what_goes_back_to_a_buyer_is_not_payable_from_the_moment_it_is_wished():
    maker, good = maker_with_goods("20.00")
    order = delivered((good, 5))
    whole = purse(maker).payable
    refund = give_back(order, "30.00")
    assert (purse(maker).payable, purse(maker).going_back) == (whole - 30, 30)
    arrived(refund)
    assert (purse(maker).payable, purse(maker).going_back) == (whole - 30, 0)


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


def test_one_fen_more_than_is_payable_is_refused():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    payable = 20 + delivery_of(delivered(good))
    before = all_of_it()
    with pytest.raises(NotCovered) as refused:
        propose(maker, str(payable + yuan("0.01")))
    assert f"¥{payable:,.2f}" in in_english(refused.value)
    for amount in ("0.00", "-5.00", "1.001"):
        with pytest.raises(NotCovered):
            propose(maker, amount)
    assert all_of_it() == before
    propose(maker, str(payable))


def test_a_second_payout_waits_for_the_first():
    maker, good = maker_with_goods()
    account_of(maker)
    delivered((good, 9))
    propose(maker, "5.00")
    before = all_of_it()
    with pytest.raises(UnderWay):
        propose(maker, "5.00")
    assert all_of_it() == before


def test_without_a_confirmed_account_nothing_is_proposed():
    maker, good = maker_with_goods()
    delivered(good)
    services.write_account(
        cooperative=maker, holder="社", number="62284800", bank="行", by=person("o"), now=NOW
    )
    before = all_of_it()
    with pytest.raises(NoAccount):
        propose(maker, "5.00")
    assert all_of_it() == before


def test_of_many_proposals_one_that_cannot_be_stops_all():
    maker, good = maker_with_goods()
    other, _ = maker_with_goods()
    account_of(maker)
    account_of(other)
    delivered(good)
    before = all_of_it()
    amounts = {maker.pk: yuan("5.00"), other.pk: yuan("5.00")}
    with pytest.raises(NotCovered) as refused:
        services.propose_payouts(amounts=amounts, by=person("p"), now=NOW)
    assert refused.value.cooperative == other
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


def test_a_refund_before_the_approval_uncovers_it():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    order = delivered((good, 5))
    payout = propose(maker, str(purse(maker).payable))
    give_back(order, "1.00")
    before = all_of_it()
    with pytest.raises(NotCovered):
        approve(payout)
    assert all_of_it() == before
    services.reject(payout_id=payout.pk, reason="退款了", by=person("approver"), now=NOW)
    assert propose(maker, str(purse(maker).payable)).amount == payout.amount - 1


def test_a_refund_after_the_approval_keeps_it_out_of_the_bank_file():
    maker, good = maker_with_goods("20.00")
    other, other_good = maker_with_goods("20.00")
    account_of(maker)
    account_of(other)
    order = delivered((good, 5))
    delivered(other_good)
    payout = approve(propose(maker, str(purse(maker).payable)))
    covered = approve(propose(other, "20.00"))
    give_back(order, "1.00")
    made = services.make_bank_file(by=person("approver"), now=NOW)
    assert [str(type(one).__name__) for one in made.left_out] == ["NotCovered"]
    assert list(made.file.payouts.all()) == [covered]
    payout.refresh_from_db()
    assert payout.state == "approved"
    services.withdraw(payout_id=payout.pk, reason="退款了", by=person("approver"), now=NOW)
    assert purse(maker).proposed == 0


def test_a_refund_after_it_was_paid_is_owed_to_the_market_until_later_sales():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    order = delivered((good, 5))
    pay_out(maker, str(purse(maker).payable))
    arrived(give_back(order, "30.00"))
    assert (purse(maker).payable, purse(maker).owes) == (-30, 30)
    with pytest.raises(NotCovered) as refused:
        propose(maker, "1.00")
    assert "¥0.00" in in_english(refused.value)
    delivered((good, 2))
    assert purse(maker).payable > 9


def test_what_the_bank_sends_back_is_owed_again():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    delivered((good, 5))
    payable = purse(maker).payable
    payout = pay_out(maker, str(payable))
    services.mark_returned(payout_id=payout.pk, reason="户名不符", by=person("a"), now=NOW)
    assert (purse(maker).payable, balances()["cooperative", maker.pk]) == (payable, 100)
    assert ("paid_out", maker.pk) not in balances()
    with pytest.raises(PayoutRefused):
        services.mark_returned(payout_id=payout.pk, reason="", by=person("a"), now=NOW)
    pay_out(maker, str(payable))


def test_a_replaced_account_gets_nothing():
    maker, good = maker_with_goods()
    account_of(maker)
    delivered(good)
    payout = approve(propose(maker, "5.00"))
    account_of(maker, "6228480099999999999")
    made = services.make_bank_file(by=person("approver"), now=NOW)
    assert (made.file, type(made.left_out[0])) == (None, AccountReplaced)
    services.withdraw(payout_id=payout.pk, reason="换了账户", by=person("approver"), now=NOW)
    payout = propose(maker, "5.00")
    account_of(maker, "6228480011111111111")
    with pytest.raises(AccountReplaced):
        approve(payout)


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
