"""Parcels of the demonstration: something stands at each step of both cooperatives."""

import pytest
from django.conf import settings
from django.utils import timezone

from marketplace.demo.services.orders import load_orders
from marketplace.demo.stripe_server.store import Store
from marketplace.order.models import Consignment, LineLot, Order
from marketplace.partner.models import StockRecord
from marketplace.payment.models import Finding, Payment, Refund

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
MODELS = [Order, Consignment, LineLot, Payment, StockRecord]
STATES = {"paid", "packed", "shipped", "delivered"}


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_both_cooperatives_have_parcels_at_each_step():
    recent = Consignment.objects.exclude(order__submission_token=None)
    found = recent.values_list("partner__cooperative__short_name", "state")
    by_maker = {}
    for maker, state in found:
        by_maker.setdefault(maker, set()).add(state)
    assert list(by_maker.values()) == [STATES, STATES]


def test_some_are_late_and_some_are_weighed_and_nothing_went_back():
    today = timezone.localdate()
    assert Consignment.objects.late_on(today).count() == 2
    assert LineLot.objects.filter(line__weighed_grams__isnull=False).exists()
    assert not Refund.objects.exists()
    assert not Finding.objects.exists()


def test_loading_again_changes_nothing():
    before = rows()
    load_orders(day=timezone.localdate())
    assert rows() == before


def test_the_payment_server_knows_their_money(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DEMO_PAYMENT_STATE", tmp_path)
    Order.objects.update(submission_token=None)
    count = load_orders(day=timezone.localdate())
    store = Store(tmp_path)
    made = Payment.objects.exclude(order__submission_token=None).select_related("order")
    assert len(made) == count
    for payment in made:
        intent = store.get(payment.intent_id)
        assert (intent["status"], intent["amount"]) == ("succeeded", payment.amount * 100)
        assert intent["metadata"] == {"order": payment.order.number}
