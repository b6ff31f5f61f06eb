"""What a buyer does, in the words of the interface."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from marketplace.order.models import Line, Order
from marketplace.partner.models import StockRecord
from marketplace.payment.models import Payment

PASSWORD = "yinshan-demo-2026"  # of the demonstration accounts


def words(message: str, language: str = "zh-hans", **values: object) -> str:
    """The interface's own words for a message, so that journeys follow its wording."""
    with override(language):
        return gettext(message) % values


def placed_orders() -> QuerySet[Order]:
    """Of this journey; those of the demonstration are days old."""
    return Order.objects.filter(date_placed__gte=timezone.now() - timedelta(hours=1))


def placed() -> Order:
    return placed_orders().get()


def payment() -> Payment:
    return Payment.objects.get(order=placed())


def allocated() -> int:
    """Packs that are held, but for those of the demonstration's own orders."""
    others = Line.objects.exclude(order__in=placed_orders())
    return total(StockRecord.objects) - total(others)


def total(rows: QuerySet) -> int:
    return sum(rows.values_list("num_allocated", flat=True))


def open_shelf_from_home(page: Page, name: str) -> None:
    page.locator(".specialty__name a", has_text=name).click()
    expect(page.locator("h1")).to_contain_text(name)


def choose_facet(page: Page, label: str, *, phone: bool) -> None:
    """Tick a facet; on a phone its sheet is opened first and closed again."""
    if phone:
        page.locator("#filters-open").click()
    page.locator("#facets .facet", has_text=label).first.locator("input").check()
    expect(page.locator(".results .chips")).to_contain_text(label)
    if phone:
        page.locator(".facets__foot .button").click()


def put_in_basket(page: Page, *, phone: bool, language: str = "zh-hans") -> None:
    """The product page's button: in the bar at the foot on a phone, else beside the picture."""
    area = page.locator(".buybar" if phone else ".offer__actions")
    expect(area).to_be_visible()
    page.wait_for_load_state()
    area.get_by_role("button", name=words("Put in the basket", language)).click()
    expect(page.locator("#notices .notice[data-result=added]")).to_be_visible()


def add(page: Page, shop: str, name: str, *, phone: bool) -> None:
    """Found by its name and put in the basket."""
    page.goto(f"{shop}/shop/search/?q={name}")
    page.locator(".card__title a", has_text=name).first.click()
    put_in_basket(page, phone=phone)


def sign_in(page: Page, shop: str, email: str = "consumer@example.com") -> None:
    page.goto(f"{shop}/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_url("**/account/")


def sign_out(page: Page, shop: str) -> None:
    page.goto(f"{shop}/account/logout/")
    page.locator("main form button").click()
    page.wait_for_url(f"{shop}/")


def order_at_once(page: Page, shop: str, method: str = "Alipay") -> None:
    """From the filled basket over the confirm page to wherever paying leads."""
    page.goto(f"{shop}/shop/checkout/")
    fill_recipient(page)
    choose_street(page)
    for consent in page.locator(".confirm-row input").all():
        consent.check()
    page.get_by_label(words(method)).check()
    place_order(page)


def fill_recipient(page: Page, language: str = "zh-hans") -> None:
    def field(message: str):
        return page.get_by_label(words(message, language))

    page.locator("[name=recipient]").fill("李岚")
    page.locator("[name=mobile]").fill("13800001234")
    page.locator("[name=email]").fill("lilan@example.com")
    page.locator("[name=detail]").fill("科学院南路 3 号楼 2 单元")
    page.locator("[name=district]").select_option("110108")


def choose_street(page: Page) -> None:
    """And wait for the sums that the page asks for then: they bring a new button."""
    page.locator("[name=street] option[value='110108011']").wait_for(state="attached")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name=street]").select_option("110108011")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def place_order(page: Page) -> None:
    page.locator(".summary button[form=confirm]").click()


def pay(page: Page, choice: str = "付款成功") -> None:
    """On the demonstration's payment page, which says that it is one."""
    expect(page.get_by_text("演示付款页")).to_be_visible()
    page.get_by_role("button", name=choice).click()


def expect_paid(page: Page, parcels: int = 1) -> None:
    with override("zh-hans"):
        expect(page.locator("h1")).to_contain_text("已付款")
    expect(page.locator(".parcel")).to_have_count(parcels)


def no_sideways_scroll(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
