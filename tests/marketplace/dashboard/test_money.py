"""A cooperative's money room: what is payable, statements, downloads, the bank account."""

import re

import pytest

from catalog.producers.models import Membership
from marketplace.dashboard.settlement.forms import AccountForm
from marketplace.settlement.csv_files import write_csv
from marketplace.settlement.models import BankAccount
from marketplace.settlement.services import close_months, refuse_account
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import BEGINNING, somebody
from tests.marketplace.dashboard.money import arrived, give_back, with_money
from tests.marketplace.settlement.test_statements import IN_DECEMBER
from tests.marketplace.settlement.trade import (
    account_of,
    all_of_it,
    delivered,
    delivery_of,
    lead,
    maker_with_goods,
    pay_out,
    person,
    purse,
)

pytestmark = pytest.mark.django_db
RIGHT = {"holder": "武川云麦垛合作社", "number": "6228 4800-12345678901", "bank": "农行武川支行"}


@pytest.fixture
def shop(client):
    """A cooperative with goods at ¥20, whose owner is signed in."""
    maker, maker.good = maker_with_goods("20.00")
    sit(client, maker, "owner")
    return maker


def sit(client, maker, role):
    user = somebody(f"{role}-of")
    Membership.objects.create(user=user, cooperative=maker, role=role, begins_on=BEGINNING)
    client.force_login(user)


def room(maker, tail: str = "") -> str:
    return f"/en/dashboard/c/{maker.slug}/money/{tail}"


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def sums(page: str) -> dict[str, str]:
    rows = re.findall(r"<dt>([^<]+)(?:<span.*?</span>)?</dt><dd>([^<]+)</dd>", page)
    return {label.strip(): words for label, words in rows}


def test_before_the_first_sale_the_room_says_what_will_stand_here(client, shop):
    page = read(client, room(shop))
    assert '<p class="purse__sum number">¥0.00</p>' in page
    for words in ("November 2026", "Still open", "Nothing was paid out yet", "No account is"):
        assert words in page


def test_the_balance_is_said_in_parts_that_lead_to_what_is_payable(client, shop):
    good = shop.good
    with_money((good, 1))
    lead(with_money((good, 2)), "shipped")
    order = delivered((good, 5))
    give_back(order, "30.00")
    found = sums(read(client, room(shop)))
    fee = delivery_of(order)
    assert found == {
        "All that the market holds for you": f"¥{purse(shop).balance:,.2f}",
        "Not sent yet": f"−¥{20 + fee:,.2f}",
        "Under way to buyers": f"−¥{40 + fee:,.2f}",
        "Goes back to buyers": "−¥30.00",
        "Can be paid out": f"¥{70 + fee:,.2f}",
    }


def test_what_refunds_took_too_much_is_said(client, shop):
    account_of(shop)
    order = delivered((shop.good, 5))
    pay_out(shop, str(purse(shop).payable))
    arrived(give_back(order, "30.00"))
    page = read(client, room(shop))
    assert "Refunds have taken ¥30.00 more" in page
    assert "slip ABC-1" in page


def test_the_statement_leads_from_opening_to_closing_and_shows_the_fee_of_each_line(client, shop):
    order = with_money((shop.good, 2))
    page = read(client, room(shop, "2026-11/"))
    total = f"¥{order.total_incl_tax:,.2f}"
    assert sums(page) == {
        "Opening balance": "¥0.00",
        "Goods at their prices": "+¥40.00",
        "Discounts that you bear": "¥0.00",
        "Delivery that buyers paid": f"+¥{delivery_of(order):,.2f}",
        "Refunds": "¥0.00",
        "The market&#x27;s fee": "¥0.00",
        "Paid out": "¥0.00",
        "Closing balance": total,
    }
    assert "fee 0.00% = ¥0.00" in page
    assert order.number in page
    assert "Still open" in page


def test_a_closed_month_has_its_number_on_page_and_paper(client, shop):
    with_money((shop.good, 2))
    close_months(now=IN_DECEMBER)
    for tail in ("", "2026-11/", "2026-11/print/"):
        assert f"JS202611-{shop.pk:04d}" in read(client, room(shop, tail))


def test_the_table_sums_to_the_closing_balance_and_opens_in_excel(client, shop):
    order = with_money((shop.good, 2))
    arrived(give_back(order, "5.00"))
    response = client.get(room(shop, "2026-11/csv/"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{shop.slug}-2026-11.csv"'
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    lines = [line.split(",") for line in text.splitlines()]
    assert {len(line) for line in lines} == {14}
    moved = sum(float(line[-1]) for line in lines[2:-1])
    assert round(moved, 2) == float(lines[-1][-1]) == float(order.total_incl_tax - 5)
    assert [line[1] for line in lines[1:]] == [
        "Opening balance",
        *["Sold"] * (1 + bool(delivery_of(order))),
        "Refunded",
        "Closing balance",
    ]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_as_a_formula(beginning):
    table = write_csv([[f"{beginning}1+1", -5]]).decode("utf-8-sig")
    assert table.strip().strip('"').startswith(f"'{beginning}")
    assert table.strip().endswith(",-5")


def test_a_good_named_like_a_formula_is_text_in_the_table(client, shop):
    order = with_money((shop.good, 2))
    order.lines.update(title="=cmd|'/c calc'!A0", title_en="")
    assert ",'=cmd|" in client.get(room(shop, "2026-11/csv/")).content.decode()


@pytest.mark.parametrize(
    "tail", ["2026-13/", "2026-0/", "2026-10/", "2026-12/", "1-1/", "99999-12/", "99999999-1/csv/"]
)
def test_a_month_that_is_none_is_not_found(client, shop, tail):
    with_money(shop.good)
    assert client.get(room(shop, tail)).status_code == 404


def test_a_page_beyond_the_last_leads_to_the_last(client, shop):
    with_money(shop.good)
    response = client.get(room(shop, "2026-11/?page=7"))
    assert response["Location"] == room(shop, "2026-11/")


@pytest.mark.parametrize(("role", "status"), [("accountant", 200), ("clerk", 403)])
def test_the_accountant_reads_and_the_clerk_does_not(client, shop, role, status):
    sit(client, shop, role)
    for tail in ("", "2026-11/", "2026-11/csv/", "2026-11/print/"):
        assert client.get(room(shop, tail)).status_code == status
    assert client.post(room(shop, "account/"), RIGHT).status_code == 403
    home = client.get(f"/en/dashboard/c/{shop.slug}/").content.decode()
    assert (room(shop) in home) == (status == 200)
    assert not BankAccount.objects.exists()


def test_the_owner_writes_the_account_down_and_it_waits(client, shop):
    response = client.post(room(shop, "account/"), RIGHT)
    assert response["Location"] == room(shop)
    account = BankAccount.objects.get()
    assert (account.number, account.state) == ("62284800123456789 01".replace(" ", ""), "waiting")
    assert "**** 8901 waits until" in read(client, room(shop))
    client.post(room(shop, "account/"), RIGHT)
    assert BankAccount.objects.count() == 1
    client.post(room(shop, "account/"), RIGHT | {"number": "99999999"})
    states = list(BankAccount.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["replaced", "waiting"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "1234567"},
        {"number": "6228x"},
        {"number": "９９９９９９９９９"},
        {"number": "1" * 31},
        {"number": "1" * 61},
        {"holder": ""},
        {"holder": "社" * 81},
        {"bank": "行" * 81},
    ],
)
def test_a_wrong_account_is_said_beside_its_field_and_kept(client, shop, wrong):
    before = all_of_it()
    response = client.post(room(shop, "account/"), RIGHT | wrong)
    page = response.content.decode()
    assert (response.status_code, page.count('<p class="field__error"')) == (200, 1)
    assert (RIGHT | wrong)["holder"] in page
    assert all_of_it() == before
    assert not AccountForm(RIGHT | wrong).is_valid()


def test_why_an_account_was_refused_stands_where_the_next_is_written(client, shop):
    client.post(room(shop, "account/"), RIGHT)
    account = BankAccount.objects.get()
    refuse_account(account_id=account.pk, reason="户名不符", by=person("op"), now=NOW)
    assert "户名不符" in read(client, room(shop, "account/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_and_a_month_cost_the_same_for_any_number(
    client, shop, count, django_assert_num_queries
):
    account_of(shop)
    for _ in range(count):
        order = delivered((shop.good, 2), ProductFactory())
        arrived(give_back(order, "1.00"))
        pay_out(shop, "2.00")
    with django_assert_num_queries(27):
        assert client.get(room(shop)).status_code == 200
    with django_assert_num_queries(15):
        assert client.get(room(shop, "2026-11/")).status_code == 200
    with django_assert_num_queries(14):
        assert client.get(room(shop, "2026-11/csv/")).status_code == 200
