"""A recall stops the lot, takes its packs out of the stock and tells each buyer once."""

import pytest
from django.core.exceptions import ValidationError

from catalog.models import Product
from catalog.traceability.models import Lot
from catalog.traceability.refusals import WrongState
from marketplace.accounts.models import User
from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.aftersales.recalls import recall_lot, settle_notice
from marketplace.order.models import Consignment
from marketplace.order.services import move
from marketplace.order.services.moves import LotRecalled
from marketplace.order.states import State
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import NotForSale, StockBelowAllocated
from tests.factories import ProductFactory
from tests.factories.lots import lot_of, packed
from tests.marketplace.buying import DAY, NOW, basket_with, order_for, place, purchase_of, stock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def product() -> Product:
    return ProductFactory(title="燕麦片", packs=[("18.00", 100, 1000), ("40.00", 20, 2500)])


def take_back(lot, packs=None, reason="封口不严", by=None) -> Recall:
    return recall_lot(lot_id=lot.pk, reason=reason, packs=packs or {}, by=by, now=NOW, today=DAY)


def told() -> list[tuple[str, str]]:
    mails = Message.objects.filter(event__startswith="lot_recalled:").order_by("pk")
    return list(mails.values_list("event", "recipient"))


def everything() -> list:
    models = (Lot, Recall, RecallNotice, Message, StockRecord)
    goods = list(Product.objects.order_by("pk").values_list("sellable_from", "sellable_until"))
    return [goods, *(list(model.objects.order_by("pk").values()) for model in models)]


def test_recalled_is_why_when_and_by_whom_and_the_good_is_not_sold_any_more(product):
    operator = User.objects.create_user("operator@example.com")
    lot = lot_of(product, "L-1")
    recall = take_back(lot, by=operator)
    lot.refresh_from_db()
    product.refresh_from_db()
    assert (recall.lot, recall.reason, recall.at, recall.by) == (lot, "封口不严", NOW, operator)
    assert (lot.state, product.is_sellable_on(DAY)) == ("recalled", False)


def test_a_basket_with_the_good_is_refused_from_then_on(product):
    basket = basket_with(product)
    purchase = purchase_of(basket)
    take_back(lot_of(product, "L-1"))
    with pytest.raises(NotForSale):
        place(basket, purchase)
    assert stock(product).num_allocated == 0


def test_packs_leave_the_stock_but_never_those_that_are_ordered(product):
    order_for((product, 30))
    lot, record = lot_of(product, "L-1"), stock(product)
    before = everything()
    with pytest.raises(StockBelowAllocated):
        take_back(lot, {record.pk: 71})
    assert everything() == before
    recall = take_back(lot, {record.pk: 70})
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated, recall.packs_out) == (30, 30, 70)


def test_packs_of_another_good_are_not_touched(product):
    other = stock(ProductFactory())
    lot = lot_of(product, "L-1")
    before = everything()
    with pytest.raises(StockRecord.DoesNotExist):
        take_back(lot, {other.pk: 1})
    assert everything() == before


def test_who_has_packs_of_it_is_told_and_nobody_else(product):
    theirs, others, unpacked = order_for(product), order_for(product), order_for(product)
    lot, good_lot = lot_of(product, "L-1"), lot_of(product, "L-2")
    packed(theirs.lines.get(), lot)
    packed(others.lines.get(), good_lot)
    recall = take_back(lot)
    notice = recall.notices.get()
    assert (notice.order, notice.done_at) == (theirs, None)
    assert notice.message.recipient == "lilan@example.com"
    assert theirs.number in notice.message.body
    assert all(order.number not in notice.message.body for order in (others, unpacked))
    for words in ("L-1", "封口不严", "/trace/L-1/", "燕麦片"):
        assert words in notice.message.body


def test_one_buyer_with_two_orders_gets_one_mail_that_names_both(product):
    lot = lot_of(product, "L-1")
    orders = [order_for(product), order_for(product)]
    for order in orders:
        packed(order.lines.get(), lot)
    orders[1].guest_email = "LiLan@example.com"
    orders[1].save(update_fields=["guest_email"])
    recall = take_back(lot)
    assert told() == [("lot_recalled:L-1", "lilan@example.com")]
    assert recall.notices.count() == 2
    body = Message.objects.get(event="lot_recalled:L-1").body
    assert all(order.number in body for order in orders)


def test_the_mail_is_in_the_language_of_the_order(product):
    order, lot = order_for(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    order.language = "en"
    order.save(update_fields=["language"])
    message = take_back(lot).notices.get().message
    assert message.subject == f"Recall: please do not eat {product.title_en} of lot L-1"
    assert "Please do not eat it" in message.body


def test_an_order_without_an_address_for_mail_is_noted_for_a_call(product):
    order, lot = order_for(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    order.guest_email = ""
    order.save(update_fields=["guest_email"])
    assert take_back(lot).notices.get().message is None
    assert told() == []


def test_what_was_cancelled_before_it_left_concerns_nobody(product):
    order, lot = order_for(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    Consignment.objects.update(state="cancelled")
    assert not take_back(lot).notices.exists()
    assert told() == []


def test_a_parcel_with_packs_of_a_recalled_lot_is_not_sent(product):
    order, other = order_for(product), order_for(product)
    lot = lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    packed(other.lines.get(), lot_of(product, "L-2"))
    take_back(lot)
    before = (everything(), list(Consignment.objects.order_by("pk").values()))
    parcels = Consignment.objects.all()
    with pytest.raises(LotRecalled) as refusal:
        move(consignments=parcels, to=State.SHIPPED, by=None, reason="", now=NOW)
    assert "L-1" in refusal.value.words
    assert (everything(), list(Consignment.objects.order_by("pk").values())) == before
    move(consignments=other.consignments.all(), to=State.SHIPPED, by=None, reason="", now=NOW)
    move(consignments=order.consignments.all(), to=State.CANCELLED, by=None, reason="", now=NOW)


def test_a_second_recall_leads_to_the_first_and_tells_nobody_again(product):
    order, lot, record = order_for(product), lot_of(product, "L-1"), stock(product)
    packed(order.lines.get(), lot)
    first = take_back(lot, {record.pk: 5})
    before = everything()
    assert take_back(lot, {record.pk: 5}, reason="别的") == first
    assert everything() == before


def test_a_lot_that_was_never_released_cannot_be_recalled(product):
    lot = lot_of(product, "L-1", state="held")
    before = everything()
    with pytest.raises(WrongState):
        take_back(lot)
    assert everything() == before


def test_no_recall_without_a_reason(product):
    lot = lot_of(product, "L-1")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        take_back(lot, reason="  ")
    assert set(refusal.value.message_dict) == {"reason"}
    assert everything() == before


def test_an_order_is_settled_once(product):
    clerk, other = (User.objects.create_user(f"{name}@example.com") for name in "ab")
    order, lot = order_for(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    recall = take_back(lot)
    notice = recall.notices.get()
    assert list(Recall.objects.unsettled()) == [recall]
    first = settle_notice(recall_id=recall.pk, notice_id=notice.pk, by=clerk, now=NOW)
    second = settle_notice(recall_id=recall.pk, notice_id=notice.pk, by=other, now=NOW)
    notice.refresh_from_db()
    assert (first, second, notice.done_by, notice.done_at) == (True, False, clerk, NOW)
    assert not Recall.objects.unsettled().exists()
