"""What is payable, and what is refused when a payout is proposed."""

import pytest

from marketplace.settlement import services
from marketplace.settlement.refusals import (
    NoAccount,
    NotCovered,
    UnderWay,
)
from tests.marketplace.buying import NOW, in_english
from tests.marketplace.dashboard.money import arrived, give_back, with_money
from tests.marketplace.settlement.trade import (
    account_of,
    all_of_it,
    delivered,
    delivery_of,
    lead,
    maker_with_goods,
    person,
    propose,
    purse,
    unpaid,
    yuan,
)

pytestmark = pytest.mark.django_db


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
