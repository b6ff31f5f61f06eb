"""One good before the operator: read, repriced, taken off sale."""

from decimal import Decimal

import pytest

from catalog.models import Product, Withdrawal
from marketplace.dashboard.models import Change
from marketplace.outbox.models import Message
from marketplace.partner.models import PriceChange, StockRecord
from tests.factories import ProductFactory
from tests.factories.listings import change_of
from tests.factories.lots import lot_of
from tests.marketplace.buying import DAY, NOW, order_for, stock
from tests.marketplace.dashboard.catalogue.reading import LIST, path, read
from tests.marketplace.dashboard.test_goods import now_of, row
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db


def test_one_good_shows_all_that_there_is_of_it(office, mill, good):
    Product.objects.filter(pk=good.pk).update(summary="轻炒过的新麦。")
    lot_of(good, "WM-01")
    proposal = change_of(good)
    proposal.state, proposal.submitted_at = "submitted", NOW
    proposal.save()
    page = office.get(path(good) + "?q=x&state=selling").content.decode()
    for words in (
        "North Mill", "轻炒过的新麦。", "WM-01", f"SC{mill.pk}", "18.00", good.get_absolute_url(),
        f"/en/dashboard/goods/{proposal.pk}/", f"{LIST}?state=selling&amp;q=x",
    ):  # fmt: skip
        assert words in page
    assert "Not for sale, because:" not in page


def test_what_is_missing_is_named_in_words(office):
    good = ProductFactory(sellable_from=None, sellable_until=None)
    words = "Food production licence (SC) of your business is missing or expired."
    assert words in read(office, good)


def test_a_pack_or_a_good_that_is_not_there_is_not_found(office, good):
    pack = good.children.get()
    for pk in (pack.pk, 10**30):
        for room in ("", "prices/", "withdraw/", "restore/"):
            assert office.get(f"{LIST}{pk}/{room}").status_code == 404
            assert office.post(f"{LIST}{pk}/{room}", {"reason": "x"}).status_code in (404, 405)


def test_price_and_stock_are_changed_logged_and_told_once(office, operator, mill, good):
    member_of(mill, "owner", "owner")
    member_of(mill, "clerk", "clerk")
    member_of(mill, "accountant", "accountant")
    rows = row(stock(good), price="21.50", quantity="7")
    assert office.post(path(good, "prices/"), rows)["Location"] == path(good)
    assert now_of(good) == (Decimal("21.50"), 7)
    assert (PriceChange.objects.get().by, Change.objects.get().by) == (operator, operator)
    sent = Message.objects.filter(event__startswith=f"good_changed:{good.pk}:")
    assert sorted(sent.values_list("recipient", flat=True)) == [
        "clerk@example.com",
        "owner@example.com",
    ]
    for words in ("18.00 → ¥21.50", "100 → 7"):
        assert words in sent[0].body
    office.post(path(good, "prices/"), row(stock(good)))
    assert sent.count() == 2


def test_both_sides_read_that_the_market_did_it(office, client, operator, mill, good):
    office.post(path(good, "prices/"), row(stock(good), price="21.50"))
    assert "the market (operator)" in read(office, good)
    client.force_login(member_of(mill, "clerk", "clerk"))
    ours = f"/en/dashboard/c/mill/goods/{good.pk}/"
    page = client.get(ours).content.decode()
    assert "¥18.00 → ¥21.50" in page
    assert "the market (operator)" in page
    client.post("/en/dashboard/c/mill/goods/prices/", row(stock(good), price="22.00", quantity="5"))
    page = client.get(ours).content.decode()
    assert page.count("the market (operator)") == 1
    assert "Stock 100 → 5" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quantity": "3"}, "4 packs are ordered already"),
        ({"quantity": "-1"}, "greater than or equal to 0"),
        ({"price": "0"}, "A price is between ¥0.10 and ¥99999.00"),
        ({"price": "180"}, "ten times or a tenth of"),
        ({"price": "19.00", "seen_price": "17.00"}, "Meanwhile the price has become ¥18.00."),
        ({"quantity": "50", "seen_quantity": "90"}, "Meanwhile the stock has become 100."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    office, mill, good, change, words
):
    member_of(mill, "owner", "owner")
    order_for((good, 4))
    before = list(StockRecord.objects.values())
    response = office.post(path(good, "prices/"), row(stock(good), **change))
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert f'value="{next(iter(change.values()))}"' in page
    assert list(StockRecord.objects.values()) == before
    assert not PriceChange.objects.exists()
    assert not Message.objects.filter(event__startswith="good_changed").exists()


def test_another_goods_pack_is_not_written(office, mill, good):
    other = ProductFactory(cooperative=mill)
    office.post(path(good, "prices/"), row(stock(other), price="19.00"))
    assert now_of(other) == (Decimal("18.00"), 100)


def test_off_sale_with_a_reason_and_back_again(office, operator, client, mill, good):
    reason = {"reason": "标签有误"}
    assert office.post(path(good, "withdraw/"), reason)["Location"] == path(good)
    assert Withdrawal.objects.get().by == operator
    page = read(office, good)
    assert "The market has taken it off sale: 标签有误" in page
    assert "Sell it again" in page
    office.post(path(good, "restore/"), {"reason": "标签已改"})
    good.refresh_from_db()
    assert good.is_sellable_on(DAY)
    page = read(office, good)
    assert page.count("标签有误") == page.count("标签已改") == 1


def test_the_cooperative_reads_why_and_cannot_put_it_back(office, client, mill, good):
    office.post(path(good, "withdraw/"), {"reason": "标签有误"})
    client.force_login(member_of(mill, "owner", "owner"))
    listed = client.get("/en/dashboard/c/mill/goods/").content.decode()
    assert "The market has taken it off sale: 标签有误" in listed
    assert client.post(path(good, "restore/"), {"reason": "x"}).status_code == 403
    good.refresh_from_db()
    assert good.withdrawal is not None


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_that_is_none_is_refused_beside_the_field(office, good, reason):
    response = office.post(path(good, "withdraw/"), {"reason": reason})
    assert response.status_code == 200
    assert 'class="field__error"' in response.content.decode()
    assert not Withdrawal.objects.exists()


def test_who_comes_too_late_reads_so(office, good):
    response = office.post(path(good, "restore/"), {"reason": "x"})
    assert response.status_code == 409
    assert "Somebody has done so meanwhile." in response.content.decode()
    office.post(path(good, "withdraw/"), {"reason": "first"})
    assert office.post(path(good, "withdraw/"), {"reason": "second"}).status_code == 409
    assert Withdrawal.objects.get().reason == "first"
