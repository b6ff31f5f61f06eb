"""How somebody comes to sell here: applies, is recommended, audited, announced, opened."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from catalog.producers.models import Application
from tests.factories.files import pdf, photo
from tests.journeys.phones import Phone
from tests.journeys.steps import PASSWORD

WUCHUAN = "150125"
NAME, SHORT = "北麦沟莜麦专业合作社（虚构）", "北麦沟（虚构）"
BUSINESS = {
    "kind": "cooperative",
    "name": NAME,
    "short_name": SHORT,
    "credit_code": "91150125MA0N0W2C3J",
    "township": "150125101",
    "specialty": "oat",
    "summary": "三十户人家的莜麦合在一处收、一处磨。",
    "benefit_text": "按交粮多少分盈余，磨坊雇村里四个人。",
    "contact_name": "麦禾（虚构）",
    "contact_mobile": "13800000009",
}


def application() -> Application:
    return Application.objects.get(name=NAME)


def opens_an_account(grower: Phone) -> None:
    """From the page of the cooperatives to the beginning of an application."""
    grower.go("/cooperatives/")
    grower.follow("Apply to sell here")
    grower.come_by(grower.page.locator("main a[href*='signup']").click)
    grower.fill({"contact": "maihe@example.com", "password1": PASSWORD})
    grower.page.locator("[name=privacy]").check()
    grower.press("Open the account")
    grower.is_told("You apply")


def applies(grower: Phone) -> None:
    """Written in two goes, completed with both papers, handed in."""
    grower.follow("Begin")
    grower.fill({"kind": BUSINESS["kind"], "name": NAME})
    grower.press("Keep it", "draft")
    grower.follow("Go on writing")
    grower.fill(BUSINESS)
    grower.press("Keep it", "draft")
    adds_a_paper(grower, "business_licence", "营业执照", photo(size=(900, 1200)))
    adds_a_paper(grower, "food_production_licence", "食品生产许可证", pdf())
    grower.press("Hand it in")
    grower.is_told("Handed in. The county looks at it next.")


def adds_a_paper(grower: Phone, kind: str, title: str, file: object) -> None:
    today = timezone.localdate()
    grower.follow("Add a paper")
    grower.fill(
        {
            "kind": kind,
            "number": "SC10115012500011",
            "issuer": "武川县市场监督管理局",
            "valid_from": today - timedelta(days=100),
            "valid_until": today + timedelta(days=1000),
            "file": file,
        }
    )
    grower.press("Save")
    grower.sees(title)


def recommends(county: Phone) -> None:
    """Read with its papers, then the county's word with the stamped sheet."""
    county.open("county", WUCHUAN)
    county.open("county_admissions", WUCHUAN)
    county.follow_to(NAME)
    county.sees("食品生产许可证")
    county.follow("Recommend")
    county.fill({"signed_on": timezone.localdate(), "sheet": photo(size=(900, 1200))})
    county.press("Recommend")
    assert application().state == "recommended"


def audits(operator: Phone) -> None:
    operator.open("home")
    operator.open("admissions")
    operator.follow_to(NAME)
    operator.follow("Papers are right: begin the public notice")
    operator.press("Papers are right: begin the public notice")
    assert application().state == "notice"


def stands_in_public(visitor: Phone) -> None:
    """Anybody may read it, and object."""
    visitor.go("/cooperatives/notices/")
    visitor.sees(NAME)


def notice_runs_out() -> None:
    """The only thing that no screen can do: time passes."""
    ago = timedelta(days=8)
    Application.objects.filter(name=NAME).update(
        notice_from=F("notice_from") - ago, notice_until=F("notice_until") - ago
    )


def opens(operator: Phone) -> None:
    operator.open("admissions")
    operator.follow_to(NAME)
    operator.follow("Open the business")
    operator.press("Open the business")
    assert application().state == "open"


def comes_to_the_desk(grower: Phone) -> None:
    grower.open("apply")
    grower.follow_to(NAME)
    grower.follow("To your desk")
    grower.is_told("To leave today")
