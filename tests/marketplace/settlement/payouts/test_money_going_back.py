"""Refunds, returns and changed accounts around a payout: nothing is paid that is not covered."""

import pytest

from marketplace.settlement import services
from marketplace.settlement.refusals import (
    AccountReplaced,
    NotCovered,
    PayoutRefused,
)
from tests.marketplace.buying import NOW, in_english
from tests.marketplace.dashboard.money import arrived, give_back
from tests.marketplace.settlement.payouts.reading import balances
from tests.marketplace.settlement.trade import (
    account_of,
    all_of_it,
    approve,
    delivered,
    maker_with_goods,
    pay_out,
    person,
    propose,
    purse,
)

pytestmark = pytest.mark.django_db


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
