"""The page of a receipt: who may see it, what it says when, and waiting for its picture."""

from django.core.cache import cache
from django.utils.translation import override

from marketplace.accounts.models import User
from marketplace.order.links import order_path, sign
from marketplace.order.models import Order
from marketplace.order.services import move
from marketplace.order.states import State
from marketplace.payment.refunds import Request, Wish, request_refund
from marketplace.shop import tasks
from tests.factories.lots import lot_of
from tests.factories.receipts import deliver, delivered, figure_of
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.dashboard.money import arrived, give_back, with_money

PERSONAL = ("李岚", "13800001234", "138****1234", "lilan", "3号楼", "中关村", "海淀")


def address_of(order: Order, rest: str = "") -> str:
    return f"/en/shop/orders/{sign(order)}/receipt/{rest}"


def page_of(client, order: Order) -> str:
    response = client.get(address_of(order))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_it_says_from_where_how_much_stayed_and_that_nobody_is_named(
    client, order, oats, maker, batch
):
    figure_of(batch, maker, 128, "327600.00")
    page = main_of(page_of(client, order))
    for words in (
        "Cloud Stack (fictional)",
        "Kiln Side (fictional)",
        f'href="/en{"/trace/LOT-" + str(oats.pk)}/"',
        "Stayed with the cooperative",
        "¥78.00",
        "Q3 2026: ¥327,600.00 paid to 128 households",
        "No confirmed payment to households in a quarter that is over.",
        "Published figures as of 23 November 2026.",
        "By the ledger as of 23 November 2026",
        "was not paid to any household by name",
    ):
        assert words in page


def test_neither_the_buyer_nor_the_number_of_the_order_stands_on_it(client, order):
    page = main_of(page_of(client, order)).replace(sign(order), "")
    assert [mark for mark in (*PERSONAL, order.number) if mark in page] == []


def test_the_orders_page_leads_to_it_once_it_is_paid(client, oats):
    waiting = order_for(oats)
    with override("en"):
        assert "/receipt/" not in client.get(order_path(waiting)).content.decode()
        paid = with_money(oats)
        assert address_of(paid) in client.get(order_path(paid)).content.decode()


def test_before_delivery_it_says_from_when(client, oats):
    order = with_money(oats)
    page = page_of(client, order)
    assert "There is no receipt yet" in page
    assert "delivered, expected on 2" in page
    order.consignments.update(promised_on=None)
    assert "as soon as the first parcel has been delivered." in page_of(client, order)


def test_before_paying_and_after_giving_up_there_is_none(client, oats):
    order = order_for(oats)
    assert "once the order is paid" in page_of(client, order)
    move(consignments=order.consignments.all(), to=State.CANCELLED, by=None, reason="", now=NOW)
    page = page_of(client, order)
    assert "nothing stays with the cooperatives" in page
    assert client.get(address_of(order, "receipt.jpg"))["Location"] == address_of(order)


def test_parcels_to_come_money_on_its_way_back_and_recalls_are_told(client, oats, millet):
    order = with_money(oats, millet)
    deliver(order.consignments.order_by("pk").first())
    give_back(order, "10.00")
    lot = oats.lots.get()
    type(lot).objects.filter(pk=lot.pk).update(state="recalled")
    page = page_of(client, order)
    assert "1 more parcel of this order is still to come" in page
    assert "¥10.00 is on its way back to the buyer" in page
    assert "Recalled: please do not eat it" in page
    assert "Kiln Side (fictional)" not in page


def test_what_has_gone_back_whole_is_said(client, oats):
    order = delivered(oats)
    line, parcel = order.lines.get(), order.consignments.get()
    everything = Wish({line.pk: line.line_price_incl_tax}, {parcel.pk: parcel.fee})
    asked = Request("all", "全坏了", None)
    refund = request_refund(payment_id=order.payment.pk, wish=everything, request=asked, now=NOW)
    assert "All that was paid for these goods" not in page_of(client, order)
    arrived(refund)
    page = page_of(client, order)
    assert "All that was paid for these goods has gone back" in page
    assert "−¥47.00" in page
    assert "¥0.00" in page


def test_a_key_that_we_did_not_sign_opens_nothing(client, order):
    for rest in ("", "state/", "receipt.jpg"):
        assert client.get(f"/en/shop/orders/{order.number}/receipt/{rest}").status_code == 404
        assert client.get(f"/en/shop/orders/{order.number}:x/receipt/{rest}").status_code == 404
        assert client.post(address_of(order, rest)).status_code == 405


def test_signed_in_the_account_leads_there_too(client, order):
    user = User.objects.create_user("buyer@example.com", "x")
    Order.objects.filter(pk=order.pk).update(user=user)
    client.force_login(user)
    orders = client.get("/en/account/orders/").content.decode()
    assert f"/en/shop/orders/{sign(order)}/" in orders
    assert "Assistance receipt" in page_of(client, order)


def test_the_picture_is_made_by_the_worker_and_asked_for_until_it_is_there(
    client, order, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(tasks.draw_receipt, "delay", lambda *about: asked.append(about))
    with django_capture_on_commit_callbacks(execute=True):
        page = page_of(client, order)
    assert "The picture is being drawn" in page
    state = address_of(order, "state/")
    assert f'hx-get="{state}?asked=1" hx-trigger="load delay:1s"' in page
    assert client.get(address_of(order, "receipt.jpg"))["Location"] == address_of(order)
    assert client.get(state)["Location"] == address_of(order)
    part = client.get(state, {"asked": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{state}?asked=2"' in part
    assert asked == [(order.number, "en")]
    tasks.draw_receipt(*asked[0])
    part = client.get(state, {"asked": "2"}, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert f'src="{address_of(order, "receipt.jpg")}"' in part
    picture = client.get(address_of(order, "receipt.jpg"))
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Disposition"] == 'inline; filename="yinshan-receipt.jpg"'
    assert "no-store" in picture["Cache-Control"]
    assert asked == [(order.number, "en")]


def test_looking_ends_in_words(client, order, monkeypatch):
    monkeypatch.setattr(tasks.draw_receipt, "delay", lambda *_about: None)
    for asked in ("8", "99"):
        part = client.get(
            address_of(order, "state/"), {"asked": asked}, headers={"HX-Request": "true"}
        ).content.decode()
        assert "takes longer than usual" in part
        assert "hx-get" not in part
    for odd in ("x", "-1", "1" * 9, "²"):
        part = client.get(
            address_of(order, "state/"), {"asked": odd}, headers={"HX-Request": "true"}
        ).content.decode()
        assert "?asked=1" in part


def test_a_silent_broker_leaves_the_page_whole(
    client, order, dead_broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert "The picture is being drawn" in page_of(client, order)


def test_a_new_refund_makes_a_new_picture(client, order, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page_of(client, order)
    first = client.get(address_of(order, "receipt.jpg")).content
    arrived(give_back(order, "10.00"))
    with django_capture_on_commit_callbacks(execute=True):
        page_of(client, order)
    second = client.get(address_of(order, "receipt.jpg")).content
    assert len(first) > 10_000 < len(second)
    assert first != second
    cache.clear()
    assert client.get(address_of(order, "receipt.jpg"))["Location"] == address_of(order)


def test_a_task_about_no_order_or_an_early_one_draws_nothing(oats):
    tasks.draw_receipt("YS-NONE", "en")
    tasks.draw_receipt(with_money(oats).number, "en")
    assert lot_of(oats).lines.count() == 0
