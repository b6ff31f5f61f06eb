"""How a good comes to the shelf, is bought, packed from its lot, sent and received."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from catalog.traceability.models import Lot
from marketplace.order.models import Consignment
from tests.factories.files import photo
from tests.journeys import steps
from tests.journeys.phones import Phone

TITLE, PRICE, STOCK = "石碾莜麦炒面", "26.80", 60
WHAT = {"title": TITLE, "storage": "ambient", "township": "150125101"}
WORDS = {
    "summary": "莜麦炒熟再碾，冲一碗就能吃。",
    "description": "新麦炒到微黄，石碾碾细。\n\n开水一冲，加盐加糖都行。",
    "shelf_life": "6个月",
    "shelf_life_days": 180,
    "ingredients": "莜麦",
    "standard": "GB/T 13360",
}
PACK = {"pack-0-amount": "500", "pack-0-unit": "g", "pack-0-price": PRICE, "pack-0-stock": STOCK}
NUMBER = "SF1390000111222"


def lists_a_good(grower: Phone, cooperative: str) -> None:
    """By the wizard, step by step, then to the market."""
    grower.open("goods", cooperative)
    grower.follow("New good")
    grower.page.get_by_label("加工食品").check()
    grower.press("Begin")
    grower.fill(WHAT)
    grower.page.locator("[name=category]").select_option(label="燕麦 · 莜面与面粉")
    grower.press("Save and go on")
    grower.fill(WORDS)
    grower.press("Save and go on")
    grower.fill(PACK)
    grower.press("Save and go on")
    grower.fill({"photo": photo(size=(900, 1200))})
    grower.press("Add the photo")
    grower.follow("Go on")
    grower.follow("Go on")
    grower.press("Send to the market")
    grower.is_told("Sent to the market. You will read its answer here.")


def approves_the_good(operator: Phone) -> None:
    operator.open("review")
    operator.follow_to(TITLE)
    operator.sees("莜麦炒熟再碾")
    operator.press("Approve")
    operator.does_not_see(TITLE)


def buys(buyer: Phone, phone: bool = True) -> Consignment:
    """Found on the shelf by anybody, ordered and paid."""
    page, shop = buyer.page, buyer.shop
    steps.add(page, shop, TITLE, phone=phone)
    steps.order_at_once(page, shop)
    steps.pay(page)
    steps.expect_paid(page)
    return steps.placed().consignments.get()


def records_and_releases_a_lot(grower: Phone, cooperative: str) -> Lot:
    """With its inspection report; its page is then everybody's."""
    today = timezone.localdate()
    grower.open("coop_lots", cooperative)
    grower.follow("New lot")
    grower.follow_to(TITLE)
    grower.fill({"quantity": 60, "place": "北麦沟石碾坊"})
    grower.press("Keep the lot")
    grower.follow("Add a paper or a report")
    grower.fill(
        {
            "kind": "test_report",
            "number": "JY-2026-0731",
            "issuer": "武川县农产品质量检测中心",
            "valid_from": today,
            "valid_until": today + timedelta(days=180),
        }
    )
    grower.press("Add the paper")
    grower.sees("JY-2026-0731")
    grower.press("Release the lot")
    lot = Lot.objects.get(product__title=TITLE)
    assert lot.is_released
    grower.follow("Print labels")
    expect(grower.page.locator(".pack-label")).to_have_count(12)
    return lot


def packs(grower: Phone, cooperative: str, parcel: Consignment, lot: Lot) -> None:
    """From today's list; the lot that expires first is proposed."""
    grower.open("coop", cooperative)
    grower.open("today", cooperative)
    grower.open("picking", cooperative)
    grower.open("today", cooperative)
    grower.follow_to(parcel.order.number)
    grower.sees(lot.code)
    grower.press("Packed", "button")
    assert parcel.lines.get().lots.get().lot == lot


def prints_the_label(grower: Phone, parcel: Consignment) -> None:
    grower.follow("Label")
    expect(grower.page.locator("main")).to_contain_text("李岚")
    expect(grower.page.locator("main svg[role=img]").first).to_be_visible()
    grower.page.go_back()


def sends(grower: Phone, parcel: Consignment) -> None:
    grower.fill({"carrier": "sf", "number": NUMBER})
    grower.press("Sent", "button")
    grower.sees(NUMBER)
    parcel.refresh_from_db()
    assert parcel.state == "shipped"


def receives(buyer: Phone, parcel: Consignment) -> None:
    """The buyer reads the number, and says that it has come."""
    buyer.page.reload()
    buyer.sees(NUMBER)
    buyer.press("I have received it")
    parcel.refresh_from_db()
    assert parcel.state == "delivered"
