"""Money is moved between accounts, once for each event, and its sum is always nothing."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from marketplace.ledger.models import Account, Entry, Posting
from marketplace.ledger.services import Move, Place, post, post_reverse
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
BUYERS, GOODS = Place(Account.Kind.BUYERS), Place(Account.Kind.COOPERATIVE, 7)
OTHERS, FREIGHT = Place(Account.Kind.COOPERATIVE, 8), Place(Account.Kind.FREIGHT, 7)


def pay(event="paid:1", *moves):
    moves = moves or (
        Move(BUYERS, GOODS, Decimal("30.00")),
        Move(BUYERS, GOODS, Decimal("6.50")),
        Move(BUYERS, OTHERS, Decimal("12.00")),
        Move(BUYERS, FREIGHT, Decimal("0.00")),
    )
    return post(event=event, reference="YS1", moves=moves, at=NOW)


def balances(reference="YS1"):
    return Entry.objects.about(reference).balances()


def test_what_one_account_gives_another_takes():
    assert pay()
    assert balances() == {
        ("buyers", 0): Decimal("-48.50"),
        ("cooperative", 7): Decimal("36.50"),
        ("cooperative", 8): Decimal("12.00"),
    }
    assert Entry.objects.count() == 2
    assert sum(balances().values()) == 0


def test_an_event_is_posted_once():
    assert pay()
    assert not pay()
    assert (Posting.objects.count(), Entry.objects.count()) == (1, 2)


def test_the_reverse_leaves_both_and_nothing_on_any_account():
    pay()
    assert post_reverse(event="undone:1", of="paid:1", at=NOW)
    assert not post_reverse(event="undone:1", of="paid:1", at=NOW)
    assert set(balances().values()) == {0}
    assert Entry.objects.count() == 4


def test_each_order_has_its_own_balances_and_accounts_are_opened_once():
    pay()
    post(event="paid:2", reference="YS2", moves=[Move(BUYERS, GOODS, Decimal("5.00"))], at=NOW)
    assert balances("YS2") == {("buyers", 0): Decimal("-5.00"), ("cooperative", 7): Decimal("5.00")}
    assert Entry.objects.balances()["buyers", 0] == Decimal("-53.50")
    assert Account.objects.count() == 3


def test_less_than_nothing_is_refused_and_nothing_is_written():
    with pytest.raises(ValueError, match="paid:1"):
        pay("paid:1", Move(BUYERS, GOODS, Decimal("-1.00")))
    assert not Posting.objects.exists()


@pytest.mark.parametrize("change", [{"amount": 0}, {"amount": -1}, {"taker": "giver"}])
def test_the_database_itself_refuses_an_entry_that_moves_nothing(change):
    pay()
    entry = Entry.objects.first()
    if "taker" in change:
        change = {"taker": entry.giver}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**change)
