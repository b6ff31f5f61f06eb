"""Recalls in the back office: asked for, done, settled order by order."""

import re

import pytest

from catalog.traceability.models import Lot
from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.aftersales.recalls import recall_lot
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.lots import lot_of, packed
from tests.marketplace.buying import DAY, NOW, order_for, stock
from tests.marketplace.dashboard.money import with_money
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/recalls/"


def path(lot) -> str:
    return f"{LIST}lot/{lot.code}/"


def take_back(lot) -> Recall:
    return recall_lot(lot_id=lot.pk, reason="封口不严", packs={}, by=None, now=NOW, today=DAY)


def everything() -> list:
    models = (Lot, Recall, RecallNotice, Message, StockRecord)
    return [list(model.objects.order_by("pk").values()) for model in models]


def counts(client, address) -> dict[str, str]:
    page = client.get(address).content.decode()
    return dict(re.findall(r'data-state="(\w*)".*?chip__count">(\d+)<', page, re.S))


def test_a_lot_is_found_by_its_code_and_recalled_with_its_packs(office, operator):
    product = ProductFactory()
    order, lot = with_money(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    assert office.get(LIST, {"code": " l-1 "})["Location"] == path(lot)
    assert "1 order has packs of it." in office.get(path(lot)).content.decode()
    record = stock(product)
    answer = {"reason": "封口不严", f"packs-{record.pk}": "7"}
    page = office.post(path(lot), answer, follow=True)
    recall = Recall.objects.get()
    assert page.redirect_chain[-1][0] == f"{LIST}{recall.pk}/"
    assert (recall.reason, recall.packs_out, recall.by) == ("封口不严", 7, operator)
    html = page.content.decode()
    for words in (order.number, "/refund/", "1 pack of this lot", "封口不严", "7 packs"):
        assert words in html
    record.refresh_from_db()
    assert record.num_in_stock == 93


@pytest.mark.parametrize("code", ["", "NOPE", "x" * 300, "a\x00", "羊"])
def test_a_code_that_nobody_has_is_said_beside_the_field(office, code):
    response = office.get(LIST, {"code": code})
    assert response.status_code == 200
    assert "field--wrong" in response.content.decode()
    assert office.get(f"{LIST}lot/NOPE/").status_code == 404


@pytest.mark.parametrize(
    ("reason", "packs"),
    [
        ("", "0"),
        ("   ", "0"),
        ("x" * 300, "0"),
        ("坏了", "98"),
        ("坏了", "-1"),
        ("坏了", "两箱"),
        ("坏了", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_changes(office, reason, packs):
    product = ProductFactory()
    order_for((product, 3))
    lot, record = lot_of(product, "L-1"), stock(product)
    before = everything()
    response = office.post(path(lot), {"reason": reason, f"packs-{record.pk}": packs})
    page = response.content.decode()
    assert response.status_code == 200
    assert "field--wrong" in page
    assert everything() == before


def test_packs_that_were_ordered_meanwhile_are_not_taken(office, monkeypatch):
    product = ProductFactory()
    lot, record = lot_of(product, "L-1"), stock(product)
    before = everything()[:4]
    monkeypatch.setattr(StockRecord, "free", 100)
    StockRecord.objects.update(num_allocated=50)
    monkeypatch.undo()
    response = office.post(path(lot), {"reason": "坏了", f"packs-{record.pk}": "60"})
    assert "Only 50 packs are free." in response.content.decode()
    assert everything()[:4] == before


def test_a_lot_that_was_never_released_says_why_it_needs_no_recall(office):
    lot = lot_of(ProductFactory(), "L-1", state="held")
    before = everything()
    assert "It was never released" in office.get(path(lot)).content.decode()
    record = stock(lot.product)
    response = office.post(path(lot), {"reason": "坏了", f"packs-{record.pk}": "0"})
    assert response.status_code == 409
    assert everything() == before


def test_a_recalled_lot_leads_to_its_recall_and_is_not_recalled_again(office):
    lot = lot_of(ProductFactory(), "L-1")
    recall = take_back(lot)
    before = everything()
    for response in (office.get(path(lot)), office.post(path(lot), {"reason": "别的"})):
        assert response["Location"] == f"{LIST}{recall.pk}/"
    assert everything() == before


def test_the_owner_recalls_its_own_lot_and_sees_how_many_are_told(client):
    maker = CooperativeFactory(slug="beipo")
    client.force_login(member_of(maker, "owner", "owner"))
    product = ProductFactory(cooperative=maker)
    order, lot = order_for(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    address = "/en/dashboard/c/beipo/lots/L-1/"
    answer = {"reason": "封口不严", f"packs-{stock(product).pk}": "0"}
    page = client.post(f"{address}recall/", answer, follow=True).content.decode()
    assert "1 order has packs of it; its buyer was told." in page
    assert order.number not in page
    assert client.get(f"{address}recall/")["Location"] == address


def test_an_order_is_settled_and_the_recall_with_the_last(office, operator):
    product = ProductFactory()
    lot = lot_of(product, "L-1")
    for _ in range(2):
        packed(order_for(product).lines.get(), lot)
    recall = take_back(lot)
    address = f"{LIST}{recall.pk}/"
    assert counts(office, address) == {"": "2", "open": "2", "done": "0"}
    first, second = recall.notices.order_by("pk")
    assert "2</span>" in office.get("/en/dashboard/").content.decode()
    office.post(f"{address}{first.pk}/done/")
    first.refresh_from_db()
    assert (first.done_by, first.done_at) == (operator, NOW)
    assert counts(office, address) == {"": "2", "open": "1", "done": "1"}
    assert counts(office, LIST) == {"": "1", "open": "1", "done": "0"}
    office.post(f"{address}{second.pk}/done/")
    assert counts(office, LIST) == {"": "1", "open": "0", "done": "1"}
    assert "Orders of recalled lots" not in office.get("/en/dashboard/").content.decode()


def test_an_order_of_another_recall_is_not_settled_here(office):
    product = ProductFactory()
    first, second = lot_of(product, "L-1"), lot_of(product, "L-2")
    packed(order_for(product).lines.get(), first)
    recall, other = take_back(first), take_back(second)
    notice = recall.notices.get()
    assert office.post(f"{LIST}{other.pk}/{notice.pk}/done/").status_code == 404
    notice.refresh_from_db()
    assert notice.done_at is None


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    address = f"{LIST}{take_back(lot_of(ProductFactory())).pk}/"
    assert office.get(LIST, {"page": asked})["Location"] == LIST
    assert office.get(address, {"page": asked})["Location"] == address


@pytest.mark.parametrize("count", [1, 13])
def test_list_and_page_cost_the_same_for_any_length(office, count, django_assert_max_num_queries):
    product = ProductFactory(packs=[("18.00", 200, 1000)])
    lot = lot_of(product, "L-1")
    for number in range(count):
        packed(order_for(product).lines.get(), lot)
        take_back(lot_of(ProductFactory(), f"X-{number}"))
    recall = take_back(lot)
    office.get(LIST)
    with django_assert_max_num_queries(12):
        assert office.get(LIST).content.decode().count("row__title") == count + 1
    with django_assert_max_num_queries(12):
        page = office.get(f"{LIST}{recall.pk}/").content.decode()
    assert page.count("row--notice") == count
