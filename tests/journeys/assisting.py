"""How households come into the register, are agreed with and paid, and how figures of it appear."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import ngettext, override
from playwright.sync_api import expect

from catalog.assistance.models import Agreement, Batch, Record
from catalog.households.models import Household
from marketplace.order.links import order_url
from marketplace.order.models import Consignment, Order
from marketplace.sheets import XLSX
from tests.catalog.households.sheets import row_of, sheet_of
from tests.factories.files import photo
from tests.factories.households import valid_id_number
from tests.journeys import selling, steps
from tests.journeys.phones import Phone

WUCHUAN, MAKER = "150125", "yunmaiduo"
GOOD = "有机裸燕麦米"
ROWS, BROKEN = 500, 20


def counted(singular: str, plural: str, number: int) -> str:
    with override("zh-hans"):
        return ngettext(singular, plural, number) % {"number": number}


def sends_in_a_sheet(county: Phone) -> list[str]:
    """Of 500 rows 20 are wrong, in four ways; the pseudonyms of the other 480."""
    before = set(Household.objects.values_list("code", flat=True))
    county.open("county", WUCHUAN)
    county.open("households", WUCHUAN)
    county.open("household_imports", WUCHUAN)
    sheet = sheet_of(*(row_of(number, **wrong(number)) for number in range(ROWS)))
    county.fill({"sheet": SimpleUploadedFile("农户.xlsx", sheet, content_type=XLSX)})
    county.press("Have it looked through")
    county.sees(counted(
        "%(number)s row cannot be written. It stands below, by its number in your sheet.",
        "%(number)s rows cannot be written. They stand below, by their numbers in your sheet.",
        BROKEN,
    ))  # fmt: skip
    assert set(Household.objects.values_list("code", flat=True)) == before
    button = counted(
        "Register %(number)s household", "Register %(number)s households", ROWS - BROKEN
    )
    county.come_by(county.page.get_by_role("button", name=button).click)
    county.sees(counted(
        "%(number)s household registered.", "%(number)s households registered.", ROWS - BROKEN
    ))  # fmt: skip
    codes = Household.objects.exclude(code__in=before).order_by("pk").values_list("code", flat=True)
    assert len(codes) == ROWS - BROKEN
    return list(codes)


def wrong(number: int) -> dict[str, object]:
    """What is the matter with every twenty-fifth row."""
    if number % (ROWS // BROKEN):
        return {}
    good = valid_id_number(number)
    tomorrow = timezone.localdate() + timedelta(days=1)
    faults = [
        {"id_number": good[:-1] + ("1" if good[-1] != "1" else "2")},
        {"category": "没有这一类"},
        {"begins_on": tomorrow},
        {"phone": "123"},
    ]
    return faults[number // (ROWS // BROKEN) % len(faults)]


def looks_at_one(county: Phone, code: str) -> None:
    """One field, with a reason; the look is listed, the text gone with the page."""
    county.open("household", WUCHUAN, code)
    county.fill({"field": "name", "reason": "核对协议上的签字"})
    county.press("Show it")
    shown = county.page.locator(".shown__text").inner_text()
    assert shown == Household.objects.get(code=code).name.open()
    county.sees("核对协议上的签字")
    county.open("household", WUCHUAN, code)
    county.does_not_see(shown)
    county.open("household_looks", WUCHUAN)
    county.sees(code)


def agrees(county: Phone, mode: str, codes: list[str]) -> Agreement:
    county.open("county_agreements", WUCHUAN)
    county.follow("New agreement")
    today = timezone.localdate()
    for name, label in (("cooperative", "云麦垛"), ("mode", mode), ("specialty", "燕麦")):
        choose(county, name, label)
    county.fill(
        {
            "begins_on": today - timedelta(days=30),
            "ends_on": today + timedelta(days=300),
            "terms": "按保底价收，当月付清",
            "codes": "\n".join(codes),
            "files": photo(size=(900, 1200)),
        }
    )
    county.press("Keep the agreement")
    agreement = Agreement.objects.order_by("-pk").first()
    county.sees(agreement.number)
    assert (
        list(agreement.members.order_by("position").values_list("household__code", flat=True))
        == codes
    )
    return agreement


def choose(phone: Phone, name: str, label: str) -> None:
    """By a part of what the choice is called."""
    field = phone.page.locator(f"main [name='{name}']")
    field.select_option(field.locator("option", has_text=label).first.get_attribute("value"))


def sells(buyer: Phone, grower: Phone) -> Consignment:
    """Two packs, paid, packed from a lot, sent and received."""
    page, shop = buyer.page, buyer.shop
    steps.add(page, shop, GOOD, phone=True)
    steps.put_in_basket(page, phone=True)
    steps.order_at_once(page, shop)
    steps.pay(page)
    steps.expect_paid(page)
    parcel = steps.placed().consignments.get()
    grower.open("today", MAKER)
    grower.follow_to(parcel.order.number)
    grower.press("Packed", "button")
    selling.sends(grower, parcel)
    selling.receives(buyer, parcel)
    return parcel


def records(grower: Phone, agreement: Agreement, amount: str, slip: str) -> Record:
    """What was paid today to everybody on the list."""
    grower.open("coop_assistance", MAKER)
    way = f"main a[href$='/agreements/{agreement.number}/']"
    grower.come_by(grower.page.locator(way).first.click)
    grower.follow("Record a payment")
    today = timezone.localdate()
    days = {"paid_on": today, "begins_on": today, "ends_on": today}
    grower.fill({"amount": amount, "slip": slip, "evidence": photo(size=(900, 1200)), **days})
    grower.press("Hand in to the county")
    record = Record.objects.get(slip=slip)
    assert record.state == "submitted"
    return record


def confirms(county: Phone, record: Record) -> None:
    county.open("county_records", WUCHUAN)
    county.come_by(county.page.locator(f"main a[href*='{record.number}']").first.click)
    county.follow("Confirm")
    county.press("Confirm")
    record.refresh_from_db()
    assert record.state == "confirmed"


def returns(county: Phone, record: Record) -> None:
    county.open("county_record", WUCHUAN, record.number)
    county.follow("Return", "record")
    county.fill({"reason": "回单号看不清，请核对"})
    county.press("Return", "record")
    record.refresh_from_db()
    assert record.state == "returned"


def corrects(grower: Phone, record: Record, slip: str) -> None:
    grower.open("coop_assistance", MAKER)
    grower.sees("回单号看不清，请核对")
    grower.follow_to(record.number)
    grower.follow("Correct it and hand it in again")
    grower.fill({"slip": slip})
    grower.press("Hand in to the county")
    record.refresh_from_db()
    assert (record.state, record.slip) == ("submitted", slip)


def takes_back(grower: Phone, county: Phone, record: Record) -> None:
    """By a counter-record, which the county confirms."""
    grower.open("coop_record", MAKER, record.number)
    grower.follow("Take it back by a counter-record")
    grower.fill({"reason": "同一笔工钱付了两次，已退回"})
    grower.come_by(grower.page.locator("main form button[type=submit]").click)
    confirms(county, record.counter)
    record.refresh_from_db()
    assert record.is_countered


def refunds(operator: Phone, order: Order, amount: Decimal) -> None:
    operator.open("order", order.number)
    operator.follow("Give money back")
    line = order.lines.get()
    operator.fill({f"line-{line.pk}": amount, "reason": "一包受潮"})
    operator.press("On to the sum")
    operator.press("Give ¥%(amount)s back", amount=f"{amount:,.2f}")
    operator.sees("一包受潮")


def publishes(operator: Phone) -> Batch:
    """The figures of this month: begun, looked through with what is hidden, made public."""
    month = timezone.localdate().replace(day=1)
    operator.open("home")
    operator.open("figures")
    operator.fill({"month": f"{month:%Y-%m}"})
    operator.press("Begin counting")
    batch = Batch.objects.order_by("-pk").first()
    operator.sees(batch.number)
    operator.follow("Publish")
    looks_at_little_changes(operator)
    operator.press("Publish")
    batch.refresh_from_db()
    assert batch.state == "published"
    return batch


def looks_at_little_changes(operator: Phone) -> None:
    """Ticks that they may be published, where the page asks for it."""
    tick = operator.page.locator("main [name='little_is_seen']")
    if tick.count():
        tick.check()


def reads_the_figures(visitor: Phone, batch: Batch) -> None:
    """Where everybody sees them, as the batch says them."""
    year = batch.cells.get(table="all", span="year", begins_on=batch.month.replace(month=1))
    visitor.go("/impact/")
    visitor.sees(str(year.households))
    visitor.go(f"/cooperatives/{MAKER}/")
    visitor.sees("户")
    visitor.go(f"/shop/search/?q={GOOD}")
    visitor.page.locator(".card__title a", has_text=GOOD).first.click()
    expect(visitor.page.locator(".paid-figure")).to_contain_text("户")


def keeps_the_receipt(buyer: Phone, order: Order) -> bytes:
    """The page, and the picture that is drawn meanwhile."""
    buyer.page.goto(order_url(order))
    buyer.come_by(buyer.page.locator("a[href*='/receipt/']").first.click)
    buyer.sees("云麦垛")
    picture = buyer.page.locator("#receipt-picture img")
    expect(picture).to_be_visible()
    answer = buyer.page.request.get(buyer.shop + picture.get_attribute("src"))
    assert answer.status == 200
    return answer.body()
