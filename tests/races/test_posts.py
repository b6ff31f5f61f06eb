"""Operators who end each other, and who appoint the same person, at the same moment."""

from functools import partial

import pytest

from marketplace.accounts.models import Posting
from marketplace.dashboard.posts.services import appoint, end_post
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.conftest import posted, somebody
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def end(by, whose):
    return end_post(posting_id=whose.postings.get().pk, last=None, seen=None, by=by, now=NOW)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_operators_who_end_each_other_one_remains(turn):
    one, other = posted("one", "operator"), posted("other", "operator")
    results = at_once([partial(end, one, other), partial(end, other, one)])
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["LastOperator", "Posting"], results
    assert Posting.objects.in_force(DAY).filter(role="operator").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_who_is_appointed_four_times_at_once_holds_one_post(turn):
    boss, hand = posted("boss", "operator"), somebody("hand")
    give = partial(
        appoint, email=hand.email, role="operator", county=None,
        begins_on=DAY, ends_on=None, by=boss, now=NOW,
    )  # fmt: skip
    results = at_once([give] * 4)
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == [*["HeldAlready"] * 3, "Posting"], results
    assert hand.postings.count() == 1
