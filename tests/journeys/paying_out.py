"""How the money comes: statement, bank account, proposal, approval, bank file, slip."""

from decimal import Decimal

from django.utils import timezone

from marketplace.settlement.models import Payout
from tests.journeys.admission import NAME, SHORT
from tests.journeys.phones import Phone

SLIP = "202611300001"
ACCOUNT = {"holder": NAME, "number": "6228 4801 0008 8888", "bank": "农业银行武川支行"}


def payout() -> Payout:
    return Payout.objects.get(cooperative__name=NAME)


def reads_the_statement(grower: Phone, cooperative: str, number: str) -> None:
    """The order stands on it, with a fee of nothing."""
    grower.open("coop_money", cooperative)
    grower.come_by(grower.page.locator("a.row__title").first.click)
    grower.sees(number)
    grower.sees("0.00%")


def writes_the_account_down(grower: Phone, cooperative: str) -> None:
    grower.open("coop_money", cooperative)
    grower.follow("Write the account down")
    grower.fill(ACCOUNT)
    grower.press("Save")
    grower.sees("8888")


def confirms_the_account(operator: Phone) -> None:
    operator.open("payouts")
    operator.come_by(operator.page.locator("a.door", has_text=SHORT).click)
    operator.sees("农业银行武川支行")
    operator.press("They agree: confirm")


def proposes(operator: Phone, payable: Decimal) -> None:
    """All that is payable, and may not approve it too."""
    operator.open("payouts")
    operator.page.locator(".pay-one", has_text=SHORT).get_by_role("checkbox").check()
    operator.press("Propose what is ticked")
    assert payout().amount == payable
    operator.follow_to(SHORT)
    assert operator.page.locator("button[value=approve]").count() == 0


def approves(second: Phone) -> None:
    second.open("payouts")
    second.follow_to(SHORT)
    second.come_by(second.page.locator("button[value=approve]").click)
    assert payout().state == "approved"


def takes_to_the_bank(operator: Phone) -> str:
    """The file with the payout's line."""
    operator.open("payouts")
    operator.come_by(operator.page.locator("form[action$='files/'] button").click)
    with operator.page.expect_download() as downloading:
        operator.page.locator("a[href*='/payouts/files/']").first.click()
    return downloading.value.path().read_text(encoding="utf-8-sig")


def notes_the_slip(operator: Phone) -> None:
    operator.open("payouts")
    operator.follow_to(SHORT)
    operator.fill({"slip": SLIP, "paid_on": timezone.localdate()})
    operator.press("Note it as paid")
    assert payout().state == "paid"


def sees_it_paid(grower: Phone, cooperative: str) -> None:
    grower.open("coop_money", cooperative)
    grower.sees(payout().number)
    grower.sees(SLIP)
    grower.sees("¥0.00")
