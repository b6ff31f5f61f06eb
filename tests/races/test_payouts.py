"""Payouts that are proposed, approved, paid and uncovered at the same moment: never too much."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from catalog.models import Product
from marketplace.ledger.models import Entry, Posting
from marketplace.payment.models import Refund
from marketplace.payment.refunds import tasks
from marketplace.settlement import services
from marketplace.settlement.models import BankFile, Payout, PayoutStep, Statement
from marketplace.settlement.purses import read_purse
from marketplace.settlement.refusals import NotCovered, PayoutRefused, UnderWay
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.money import give_back
from tests.marketplace.settlement.test_statements import IN_DECEMBER
from tests.marketplace.settlement.trade import (
    account_of,
    approve,
    delivered,
    maker_with_goods,
    pay,
    person,
    propose,
    send,
    take_money,
    unpaid,
)
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(time_machine, monkeypatch):
    """Refunds stay on their way."""
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(tasks.send_refund, "delay", lambda _: None)


@pytest.fixture
def maker():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    maker.order = delivered((good, 5))
    return maker


def payable(maker) -> Decimal:
    return read_purse(maker.pk).payable


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_payouts_of_one_balance_are_one(turn, maker):
    whole = payable(maker)
    people = [person(f"p{number}") for number in range(4)]
    amounts = {maker.pk: whole}
    calls = [partial(services.propose_payouts, amounts=amounts, by=one, now=NOW) for one in people]
    results = at_once(calls)
    assert kinds(results) == ["UnderWay", "UnderWay", "UnderWay", "list"]
    assert Payout.objects.get().amount == whole
    assert payable(maker) == 0


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_approvals_are_one_step(turn, maker):
    payout = propose(maker, str(payable(maker)))
    people = [person(f"p{number}") for number in range(4)]
    results = at_once([partial(approve, payout, one) for one in people])
    assert kinds(results) == ["Payout", *["PayoutRefused"] * 3]
    assert PayoutStep.objects.filter(state="approved").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_approval_against_a_refund_is_one_after_the_other(turn, maker):
    payout = propose(maker, str(payable(maker)))
    refund = partial(give_back, maker.order, "30.00")
    approved, refunded = at_once([partial(approve, payout, person("p")), refund])
    assert isinstance(refunded, Refund)
    payout.refresh_from_db()
    if isinstance(approved, NotCovered):
        assert payout.state == "proposed"
    else:
        assert payout.state == "approved"
        assert send() is None
    assert (payable(maker), payout.amount > read_purse(maker.pk).payable + 30) == (-30, True)


@pytest.mark.parametrize("turn", ROUNDS)
def test_rejecting_against_approving_is_one_of_the_two(turn, maker):
    payout = propose(maker, "50.00")
    reject = partial(services.reject, payout_id=payout.pk, reason="", by=person("q"), now=NOW)
    results = at_once([partial(approve, payout, person("p")), reject])
    assert kinds(results) == ["Payout", "PayoutRefused"]
    assert PayoutStep.objects.count() == 2


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_bank_file_is_made_once_and_the_ledger_is_told_once(turn, maker):
    payout = approve(propose(maker, "50.00"))
    make = partial(services.make_bank_file, by=person("p"), now=NOW)
    at_once([make] * 4)
    assert BankFile.objects.count() == 1
    results = at_once([partial(pay, payout)] * 4)
    assert kinds(results) == ["Payout"] * 4
    assert Posting.objects.filter(event=f"payout:{payout.pk}").count() == 1
    assert Entry.objects.balances()["paid_out", maker.pk] == 50


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_month_is_closed_once_while_money_moves(turn, maker):
    payout = approve(propose(maker, "50.00"))
    send()
    close = partial(services.close_months, now=IN_DECEMBER)
    results = at_once([close, partial(pay, payout), close])
    assert not [one for one in results if isinstance(one, Exception)]
    statement = Statement.objects.get()
    assert sum(len(one) for one in results[::2]) == 1
    december = read_purse(maker.pk).balance - statement.closing
    assert december in (0, -50)
    assert not [one for one in results if isinstance(one, (PayoutRefused, UnderWay))]


@pytest.mark.parametrize("turn", ROUNDS)
def test_money_for_two_cooperatives_against_paying_both_does_not_block(turn, maker):
    other, more = maker_with_goods("30.00")
    account_of(other)
    delivered((more, 2))
    good = Product.objects.get(structure="parent", cooperative=maker)
    orders = [unpaid((more, 1), (good, 1)), *(unpaid((good, 1), (more, 1)) for _ in range(3))]
    amounts = {other.pk: payable(other), maker.pk: payable(maker)}
    pay_both = partial(services.propose_payouts, amounts=amounts, by=person("p"), now=NOW)
    settle = transaction.atomic(take_money)
    results = at_once([pay_both, *(partial(settle, order) for order in orders)])
    assert kinds(results) == ["Payment"] * 4 + ["list"]
    assert (payable(other), payable(maker)) == (0, 0)
