"""Past trade of the demonstration: exact in the ledger, made once, as many as asked for."""

from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.demo.services.money import load_money
from marketplace.demo.services.trade import PAST, load_trade
from marketplace.demo.services.world import ORDERS
from marketplace.ledger.models import Entry
from marketplace.order.models import Line, Order
from marketplace.payment.models import Payment
from marketplace.settlement.models import BankAccount, Payout, Statement
from marketplace.settlement.purses import read_purse
from tests.marketplace.demo.services.conftest import silent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_every_order_is_paid_delivered_and_in_the_ledger():
    past = Order.objects.filter(number__regex=PAST)
    assert past.count() == ORDERS
    states = set(past.values_list("consignments__state", flat=True))
    assert states == {"delivered", "completed"}
    entries = Entry.objects.filter(posting__reference__in=past.values("number"))
    paid = sum(Payment.objects.filter(order__in=past).values_list("amount", flat=True))
    assert entries.balances()["buyers", 0] == -paid
    assert sum(Entry.objects.balances().values()) == Decimal(0)
    assert not Line.objects.filter(order__in=past, num_allocated__gt=0).exists()


def test_more_are_added_and_none_is_made_twice():
    before = Order.objects.count()
    load_trade(count=ORDERS, today=timezone.localdate(), tell=silent)
    assert Order.objects.count() == before
    load_trade(count=ORDERS + 3, today=timezone.localdate(), tell=silent)
    assert Order.objects.count() == before + 3
    numbers = Order.objects.filter(number__regex=PAST).values_list("number", flat=True)
    assert sorted(int(number[-5:]) for number in numbers) == list(range(1, ORDERS + 4))


def test_an_order_of_today_is_never_taken_for_one_of_the_past():
    number = "YS20261118-6271-D58712"
    Order.objects.create(number=number, total_incl_tax=1, total_excl_tax=1, guest_email="")
    assert not Order.objects.filter(number=number, number__regex=PAST).exists()
    assert load_trade(count=ORDERS, today=timezone.localdate(), tell=silent) == ORDERS


def test_each_room_of_money_has_something_to_show():
    assert sorted(Payout.objects.values_list("state", flat=True)) == ["paid", "proposed"]
    assert set(BankAccount.objects.values_list("state", flat=True)) == {"confirmed", "waiting"}
    assert Statement.objects.filter(cooperative__slug="yunmaiduo").count() >= 1
    other = BankAccount.objects.get(state="waiting").cooperative
    assert read_purse(other.pk).payable > 0
    assert load_money(today=timezone.localdate()) == 2
