"""The operator's payouts: who can be paid, two pairs of eyes, the bank file, the slip."""

import re

import pytest
from django.forms import DecimalField

from marketplace.settlement.models import BankAccount, BankFile, Payout
from marketplace.settlement.services import write_account
from tests.factories import CooperativeFactory
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.money import give_back
from tests.marketplace.settlement.trade import (
    account_of,
    all_of_it,
    approve,
    delivered,
    maker_with_goods,
    pay_out,
    person,
    propose,
    purse,
    send,
)

pytestmark = pytest.mark.django_db
ROOM = "/en/dashboard/payouts/"


def shop(price: str = "20.00", *, account: bool = True):
    """A cooperative that has delivered goods of five times this price."""
    maker, good = maker_with_goods(price)
    if account:
        account_of(maker)
    maker.order = delivered((good, 5))
    return maker


def read(office, path: str = ROOM) -> str:
    response = office.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def one(payout) -> str:
    return f"{ROOM}{payout.pk}/"


def ticked(*wanted) -> dict[str, str]:
    """`wanted` are pairs of a cooperative and an amount."""
    return {f"pay-{maker.pk}": "on" for maker, _ in wanted} | {
        f"amount-{maker.pk}": amount for maker, amount in wanted
    }


def refused(office, path: str, data: dict, status: int = 200) -> str:
    before = all_of_it()
    response = office.post(path, data)
    assert response.status_code == status
    assert all_of_it() == before
    return response.content.decode()


def test_without_anything_the_room_says_so(office):
    page = read(office)
    for words in ("nothing more is payable", "Nothing waits for approval", "No account waits"):
        assert words in page


def test_who_can_be_paid_stands_with_how_much_and_where_to(office):
    maker, bare = shop(), shop(account=False)
    CooperativeFactory()
    page = read(office)
    assert f'name="amount-{maker.pk}" value="{purse(maker).payable}"' in page
    assert "**** 8901" in page
    assert page.count("Without a confirmed bank account: 1") == 1
    assert f"¥{purse(bare).payable}" in page
    assert f'name="amount-{bare.pk}"' not in page


def test_many_are_proposed_at_once_and_wait_for_somebody_else(office, operator):
    maker, other, third = shop(), shop("7.00"), shop("9.00")
    response = office.post(ROOM, ticked((maker, "50.00"), (other, "35.00")))
    assert response["Location"] == ROOM
    made = list(Payout.objects.order_by("pk").values_list("cooperative", "amount", "proposed_by"))
    assert made == [(maker.pk, 50, operator.pk), (other.pk, 35, operator.pk)]
    page = read(office)
    assert "2 payouts proposed" in page
    assert f'name="amount-{third.pk}"' in page
    assert f'name="amount-{maker.pk}"' not in page
    assert "Approve" not in read(office, one(Payout.objects.first()))
    assert "Somebody else must approve it" in read(office, one(Payout.objects.first()))


@pytest.mark.parametrize("amount", ["", "0", "-1", "1.001", "999999", "x", "NaN"])
def test_a_wrong_amount_is_said_beside_it_and_kept(office, amount):
    maker = shop()
    page = refused(office, ROOM, ticked((maker, amount)))
    assert page.count('<p class="field__error"') == 1
    assert f'value="{amount}"' in page or amount == ""


def test_nobody_ticked_is_said_and_an_amount_without_a_tick_is_not_read(office):
    maker = shop()
    page = refused(office, ROOM, {f"amount-{maker.pk}": "x"})
    assert "Nobody is chosen yet" in page
    assert "field__error" not in page


def test_what_was_paid_meanwhile_is_said_beside_the_amount(office, monkeypatch):
    maker = shop()
    whole = str(purse(maker).payable)
    monkeypatch.setattr(
        "marketplace.dashboard.settlement.forms.amount_field",
        lambda _one: DecimalField(),
    )
    give_back(maker.order, "30.00")
    page = refused(office, ROOM, ticked((maker, whole)), 409)
    assert "can be paid out just now, not more" in page
    assert f'value="{whole}"' in page


def test_the_second_operator_approves_and_the_steps_say_who(client, office):
    payout = propose(shop(), "50.00")
    assert f"Approve ¥{payout.amount:,.2f}" in read(office, one(payout))
    assert office.post(one(payout), {"do": "approve"})["Location"] == one(payout)
    payout.refresh_from_db()
    assert (payout.state, payout.approved_by.email) == ("approved", "operator@example.com")
    page = read(office, one(payout))
    assert "proposer@example.com" in page
    assert re.search(r"<b>Approved</b>[^/]+ · operator<", page)


def test_the_proposer_cannot_approve_by_any_button(office, operator):
    payout = propose(shop(), "50.00", operator)
    assert "Somebody else must approve it" in refused(office, one(payout), {"do": "approve"}, 409)
    refused(office, one(payout), {"do": "reject", "reason": "x"}, 409)
    office.post(one(payout), {"do": "withdraw", "reason": "填错了"})
    payout.refresh_from_db()
    assert payout.state == "withdrawn"


def test_an_approval_that_is_not_covered_any_more_is_refused_in_words(office):
    maker = shop()
    payout = propose(maker, str(purse(maker).payable))
    give_back(maker.order, "1.00")
    page = refused(office, one(payout), {"do": "approve"}, 409)
    assert "can be paid out just now, not more" in page


@pytest.mark.parametrize("do", ["reject", "withdraw", "return"])
def test_a_reason_is_asked_for(office, do):
    payout = propose(shop(), "50.00")
    assert "field__error" in refused(office, one(payout), {"do": do, "reason": " "})
    assert "field__error" in refused(office, one(payout), {"do": do, "reason": "长" * 201})


@pytest.mark.parametrize("do", ["", "nonsense", "paid", "return"])
def test_a_step_that_does_not_follow_is_refused(office, do):
    payout = propose(shop(), "50.00")
    about = {"do": do, "reason": "x", "slip": "A1", "paid_on": "2026-11-23"}
    refused(office, one(payout), about, 409)


def test_the_bank_file_takes_what_is_approved_and_excel_runs_nothing(office):
    maker = shop()
    BankAccount.objects.update(holder="=HYPERLINK(1)")
    payout = approve(propose(maker, "50.00"))
    assert "Make a bank file of ¥50.00" in read(office)
    assert office.post(f"{ROOM}files/")["Location"] == ROOM
    file = BankFile.objects.get()
    response = office.get(f"{ROOM}files/{file.pk}/")
    assert response["Content-Disposition"] == f'attachment; filename="{file.number}.csv"'
    text = response.content.decode()
    head, line = text.removeprefix("\ufeff").splitlines()
    assert (text[0], head.split(",")[0]) == ("\ufeff", "Number")
    assert line == (
        f"{payout.number},'=HYPERLINK(1),6228480012345678901,农业银行武川支行,50.00,"
        f'"Goods sold at Yinshan Market, {payout.number}"'
    )
    payout.refresh_from_db()
    assert payout.state == "sent"


def test_without_anything_approved_no_file_is_made(office):
    before = all_of_it()
    page = office.post(f"{ROOM}files/", follow=True).content.decode()
    assert "Nothing is approved" in page
    assert all_of_it() == before


def test_what_is_left_out_of_the_file_is_said(office):
    maker = shop()
    approve(propose(maker, str(purse(maker).payable)))
    give_back(maker.order, "1.00")
    page = office.post(f"{ROOM}files/", follow=True).content.decode()
    assert "can be paid out just now, not more" in page
    assert not BankFile.objects.exists()


def test_the_slip_ends_it_and_the_money_may_come_back(office):
    payout = approve(propose(shop(), "50.00"))
    send()
    office.post(one(payout), {"do": "paid", "slip": " A-17 ", "paid_on": "2026-11-23"})
    payout.refresh_from_db()
    assert (payout.state, payout.slip, str(payout.paid_on)) == ("paid", "A-17", "2026-11-23")
    assert "slip A-17" in read(office, one(payout))
    office.post(one(payout), {"do": "return", "reason": "户名不符"})
    page = read(office, one(payout))
    assert "Came back from the bank" in page
    assert "户名不符" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"slip": ""},
        {"slip": "9" * 65},
        {"paid_on": ""},
        {"paid_on": "2026-11-24"},
        {"paid_on": "2026-11-22"},
        {"paid_on": "gestern"},
    ],
)
def test_a_wrong_slip_or_day_is_said_and_kept(office, wrong):
    payout = approve(propose(shop(), "50.00"))
    send()
    about = {"do": "paid", "slip": "A-17", "paid_on": "2026-11-23"} | wrong
    page = refused(office, one(payout), about)
    assert page.count('<p class="field__error"') == 1
    assert about["slip"][:64] in page


def waiting(by=None) -> BankAccount:
    maker, _good = maker_with_goods()
    about = {"holder": "社", "number": "6228480012345678", "bank": "行"}
    return write_account(cooperative=maker, by=by or person("owner"), now=NOW, **about)


def test_an_account_is_compared_and_confirmed_or_refused(office):
    account, other = waiting(), waiting()
    page = read(office)
    assert f"{ROOM}accounts/{account.pk}/" in page
    path = f"{ROOM}accounts/{account.pk}/"
    assert "6228 4800 1234 5678" in read(office, path)
    assert "field__error" in refused(office, path, {"do": "refuse", "reason": ""})
    refused(office, path, {"do": "nonsense"})
    office.post(path, {"do": "confirm"})
    office.post(f"{ROOM}accounts/{other.pk}/", {"do": "refuse", "reason": "户名不符"})
    account.refresh_from_db()
    other.refresh_from_db()
    assert (account.state, other.state, other.reason) == ("confirmed", "refused", "户名不符")
    refused(office, path, {"do": "refuse", "reason": "x"}, 409)


def test_nobody_confirms_an_account_that_he_wrote_himself(office, operator):
    account = waiting(operator)
    page = refused(office, f"{ROOM}accounts/{account.pk}/", {"do": "confirm"}, 409)
    assert "Somebody else must confirm it" in page


def test_the_first_page_counts_what_waits(office):
    propose(shop(), "50.00")
    waiting()
    page = read(office, "/en/dashboard/")
    for words in ("Payouts to approve", "Bank accounts to confirm"):
        assert re.search(rf'{words} <span class="door__count number">1<', page)


def test_all_payouts_are_listed_by_state(office):
    maker = shop()
    pay_out(maker, "10.00")
    propose(maker, "20.00")
    page = read(office, f"{ROOM}all/")
    assert "2 payouts" in page
    page = read(office, f"{ROOM}all/?state=paid")
    assert "¥10.00" in page
    assert "¥20.00" not in page
    assert "None of these" in read(office, f"{ROOM}all/?state=rejected")
    assert read(office, f"{ROOM}all/?state=x")
    assert office.get(f"{ROOM}all/?page=9")["Location"] == f"{ROOM}all/"


@pytest.mark.parametrize("count", [1, 3])
def test_rooms_and_bank_file_cost_the_same_for_any_number(office, count, django_assert_num_queries):
    for _ in range(count):
        pay_out(shop(), "5.00")
        propose(shop(), "5.00")
        shop()
        waiting()
    for _ in range(count):
        approve(propose(shop(), "5.00"))
    with django_assert_num_queries(27):
        assert office.get(ROOM).status_code == 200
    with django_assert_num_queries(5):
        assert office.get(f"{ROOM}all/").status_code == 200
    file = send()
    with django_assert_num_queries(4):
        lines = office.get(f"{ROOM}files/{file.pk}/").content.decode().splitlines()
    assert len(lines) == count + 1
