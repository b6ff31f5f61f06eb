"""Return page and webhook at the same moment: paid once."""

import threading
from datetime import timedelta
from functools import partial

import pytest

from marketplace.order.models import ConsignmentStep
from marketplace.outbox.models import Message
from marketplace.outbox.sending import send_now
from marketplace.outbox.services import write_message
from marketplace.payment import gateway
from marketplace.payment.models import Payment
from marketplace.payment.services import Outcome, settle
from tests.marketplace.buying import NOW, order_for
from tests.races.threads import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_8_settlements_of_one_payment_pay_it_once(monkeypatch):
    order = order_for()
    payment = Payment.objects.create(order=order, amount=order.total_incl_tax, intent_id="pi_1")
    metadata = {"order": order.number}
    intent = gateway.Intent("pi_1", "succeeded", payment.amount, "cny", "", metadata, "")
    gate = threading.Barrier(8, timeout=60)

    def fetch(_):
        gate.wait()
        return intent

    monkeypatch.setattr(gateway, "fetch_intent", fetch)
    moments = [NOW + timedelta(seconds=second) for second in range(8)]
    results = at_once([partial(settle, payment_id=payment.pk, now=now) for now in moments])
    assert results == [Outcome.PAID] * 8
    payment.refresh_from_db()
    steps = ConsignmentStep.objects.order_by("pk").values_list("state", "at")
    assert list(steps) == [("awaiting_payment", NOW), ("paid", payment.settled_at)]
    assert Message.objects.filter(event=f"order_paid:{order.number}").count() == 1


def test_8_workers_send_a_message_once(mailoutbox):
    message = write_message(event="test", recipient="a@example.com", subject="s", body="b")
    Message.objects.update(sent_at=None, next_attempt_at=NOW, attempts=0)
    mailoutbox.clear()
    results = at_once([partial(send_now, message_id=message.pk, now=NOW)] * 8)
    assert sorted(results) == [False] * 7 + [True]
    assert len(mailoutbox) == 1
