"""Parcels on their way: the buyer is told once, confirms, or it counts by itself."""

from datetime import timedelta

import pytest

from marketplace.order.carriers import is_number, normalise_number
from marketplace.order.links import sign
from marketplace.order.models import Consignment
from marketplace.order.services import MoveRefused, NumberRefused, confirm_delivery, ship
from marketplace.order.services.shipping import complete_due, deliver_due
from marketplace.order.tasks import end_what_was_sent, warn_of_late
from marketplace.outbox.models import Message
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, in_english, stock
from tests.marketplace.dashboard.conftest import posted
from tests.marketplace.packing import order_of, packed, parcel_for, shipped, state_of_parcels

pytestmark = pytest.mark.django_db


def state() -> str:
    return Consignment.objects.get().state


def received(client, parcel, tail: str = ""):
    signed = sign(order_of(parcel))
    return client.post(f"/en/shop/orders/{signed}/parcels/{parcel.pk}/received/{tail}")


def test_what_is_sent_leaves_the_stock_and_the_buyer_is_told_once():
    product = ProductFactory()
    parcel = packed((product, 2))
    ship(consignment=parcel, carrier="jd", number="jdva-0012 3456", by=None, now=NOW)
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (98, 0)
    mail = Message.objects.get(event=f"order_shipped:{order_of(parcel).number}:{parcel.pk}")
    assert "JDVA-00123456" in mail.body
    assert "京东" in mail.body or "JD" in mail.body
    assert mail.recipient == "lilan@example.com"
    with pytest.raises(MoveRefused):
        ship(consignment=parcel, carrier="jd", number="JDVA2", by=None, now=NOW)
    assert Message.objects.filter(event__startswith="order_shipped").count() == 1


@pytest.mark.parametrize("number", ["", "SF1", "A" * 41, "SF-1234-", "顺丰1234", "12 34;"])
def test_a_wrong_number_sends_nothing(number):
    parcel = packed(ProductFactory())
    before = state_of_parcels()
    with pytest.raises(NumberRefused) as refused:
        ship(consignment=parcel, carrier="sf", number=number, by=None, now=NOW)
    assert in_english(refused.value) == "A tracking number has 4 to 40 letters, digits and hyphens."
    assert state_of_parcels() == before


@pytest.mark.parametrize("number", ["SF1234567890", "7513-2212-3456", "A" * 40, "1234"])
def test_numbers_as_carriers_write_them(number):
    assert is_number(normalise_number(f" {number.lower()} "))


def test_what_is_not_packed_is_not_sent():
    parcel = parcel_for()
    before = state_of_parcels()
    with pytest.raises(MoveRefused):
        ship(consignment=parcel, carrier="sf", number="SF123456", by=None, now=NOW)
    assert state_of_parcels() == before


def test_the_buyer_sees_the_number_and_says_that_it_has_arrived(client):
    parcel = shipped(ProductFactory())
    page = client.get(f"/en/shop/orders/{sign(order_of(parcel))}/").content.decode()
    assert "SF1234567890" in page
    assert "SF Express" in page
    assert "I have received it" in page
    assert received(client, parcel).status_code == 302
    assert state() == "delivered"
    assert received(client, parcel).status_code == 302
    assert parcel.steps.filter(state="delivered").count() == 1
    page = client.get(f"/en/shop/orders/{sign(order_of(parcel))}/").content.decode()
    assert "I have received it" not in page


def test_what_has_not_left_cannot_have_arrived(client):
    parcel = packed(ProductFactory())
    before = state_of_parcels()
    assert received(client, parcel).status_code == 302
    assert state_of_parcels() == before
    with pytest.raises(MoveRefused):
        confirm_delivery(consignment=parcel, by=None, now=NOW)


def test_a_parcel_of_another_order_is_not_found_and_looking_changes_nothing(client):
    mine, foreign = shipped(ProductFactory()), shipped(ProductFactory())
    signed = sign(order_of(mine))
    before = state_of_parcels()
    assert (
        client.post(f"/en/shop/orders/{signed}/parcels/{foreign.pk}/received/").status_code == 404
    )
    assert client.get(f"/en/shop/orders/{signed}/parcels/{mine.pk}/received/").status_code == 302
    assert client.post(f"/en/shop/orders/forged/parcels/{mine.pk}/received/").status_code == 404
    assert state_of_parcels() == before


def test_unheard_of_for_ten_days_it_counts_as_arrived_and_after_the_claims_as_done():
    parcel = shipped(ProductFactory())
    almost = NOW + timedelta(days=10) - timedelta(seconds=1)
    assert deliver_due(now=almost) == 0
    assert deliver_due(now=NOW + timedelta(days=10)) == 1
    assert state() == "delivered"
    assert parcel.steps.get(state="delivered").reason
    assert deliver_due(now=NOW + timedelta(days=10)) == 0
    assert complete_due(now=NOW + timedelta(days=17) - timedelta(seconds=1)) == 0
    assert complete_due(now=NOW + timedelta(days=17)) == 1
    assert state() == "completed"


def test_the_worker_ends_what_was_sent_step_by_step(time_machine):
    shipped(ProductFactory())
    time_machine.move_to(NOW + timedelta(days=40), tick=False)
    end_what_was_sent()
    assert state() == "delivered"
    time_machine.move_to(NOW + timedelta(days=47), tick=False)
    end_what_was_sent()
    assert state() == "completed"
    warn_of_late()


def test_the_operator_notes_that_it_has_arrived(client):
    parcel = shipped(ProductFactory())
    operator = posted("operator", "operator")
    client.force_login(operator)
    order = order_of(parcel)
    page = client.get(f"/en/dashboard/orders/{order.number}/").content.decode()
    assert "It has arrived" in page
    assert "SF1234567890" in page
    address = f"/en/dashboard/orders/{order.number}/parcels/{parcel.pk}/delivered/"
    assert client.post(address)["Location"] == f"/en/dashboard/orders/{order.number}/"
    assert parcel.steps.get(state="delivered").by == operator
    other = packed(ProductFactory())
    assert client.post(address.replace(str(parcel.pk), str(other.pk))).status_code == 404
