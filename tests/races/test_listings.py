"""Approving against taking back, two operators, two clerks: one of them is first, and only one."""

from decimal import Decimal
from functools import partial

import pytest

from catalog.models import Product
from marketplace.listings.models import Proposal
from marketplace.listings.refusals import AnotherOpen, Moved, NotNow
from marketplace.listings.services import approve, save_content, start_change, take_back
from marketplace.partner.models import PriceChange
from marketplace.partner.services import open_shelf
from marketplace.partner.shelf import RowsRefused, Wanted, change_shelf
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.listings import draft_of, submitted
from tests.marketplace.buying import NOW, stock
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def deciding(proposal):
    return {"proposal_id": proposal.pk, "by": None, "now": NOW}


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_approval_and_a_withdrawal_do_not_both_succeed(turn):
    proposal = submitted(CooperativeFactory())
    results = at_once(
        [
            partial(approve, seen=proposal.version, **deciding(proposal)),
            partial(take_back, **deciding(proposal)),
        ]
    )
    refusals = [result for result in results if isinstance(result, Exception)]
    assert [type(refusal) for refusal in refusals] == [NotNow], results
    proposal.refresh_from_db()
    live = Product.objects.filter(structure="parent").count()
    assert (proposal.state, live) in (("approved", 1), ("draft", 0))
    assert proposal.steps.count() == 3


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_operators_make_one_good(turn):
    proposal = submitted(CooperativeFactory())
    act = partial(approve, seen=proposal.version, **deciding(proposal))
    results = at_once([act, act])
    assert sorted(type(result).__name__ for result in results) == ["NotNow", "Product"], results
    assert Product.objects.filter(structure="parent").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_clerks_on_one_draft_the_second_is_told(turn):
    proposal = draft_of(CooperativeFactory())
    results = at_once(
        [
            partial(save_content, proposal_id=proposal.pk, values=values, seen=proposal.version)
            for values in ({"title": "甲", "summary": "甲"}, {"title": "乙", "summary": "乙"})
        ]
    )
    assert sorted(type(result).__name__ for result in results) == [Moved.__name__, "Proposal"]
    content = Proposal.objects.get().content
    assert content["title"] == content["summary"]


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_clerks_begin_one_change(turn):
    good = ProductFactory()
    act = partial(start_change, product=good, by=None, now=NOW)
    results = at_once([act, act])
    assert sorted(type(result).__name__ for result in results) == [
        AnotherOpen.__name__,
        "Proposal",
    ], results


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_clerks_on_the_same_prices_the_second_is_told(turn):
    mill = CooperativeFactory()
    goods = [ProductFactory(cooperative=mill) for _ in range(3)]
    shelf = open_shelf(cooperative=mill)

    def rows(price):
        return {
            stock(good).pk: Wanted(Decimal(price), None, stock(good).price, None)
            for good in (goods if price == 19 else goods[::-1])
        }

    results = at_once(
        [
            partial(change_shelf, shelf=shelf, wanted=wanted, by=None, now=NOW)
            for wanted in (rows(19), rows(20))
        ]
    )
    assert sum(isinstance(result, RowsRefused) for result in results) == 1, results
    assert len({stock(good).price for good in goods}) == 1
    assert PriceChange.objects.count() == 3
