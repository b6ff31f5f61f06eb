"""What happened and what to do first, on a cooperative's first page, and who may know it."""

import re

import pytest

from marketplace.aftersales.recalls import recall_lot
from marketplace.listings import services as listings
from marketplace.listings.models import Proposal
from marketplace.settlement.services import refuse_account, write_account
from tests.factories import CooperativeFactory
from tests.factories.listings import submitted
from tests.factories.lots import lot_of
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.money import with_money
from tests.marketplace.dashboard.overview.reading import again, cancel, held, jobs, page
from tests.marketplace.dashboard.test_orders_list import paid
from tests.marketplace.settlement.trade import account_of, lead, pay_out, person, unpaid

pytestmark = pytest.mark.django_db


def news(html: str) -> list[str]:
    part = html.partition('id="news"')[2].partition("</ul>")[0]
    return re.findall(r'<a class="link"[^>]*>([^<]+)</a>', part)


def test_what_the_market_returned_waits_and_what_it_approved_is_news(client, maker):
    good, bad = submitted(maker, title="好面"), submitted(maker, title="坏面")
    listings.approve(proposal_id=good.pk, seen=good.version, by=person("op"), now=NOW)
    listings.give_back(
        proposal_id=bad.pk, seen=bad.version, reason="看不清", by=person("op"), now=NOW
    )
    html = page(client, maker, "clerk")
    assert "Returned: 坏面" in jobs(html)
    assert news(html) == ["好面"]
    assert Proposal.objects.get(pk=bad.pk).state == "returned"


def test_a_recall_and_a_cancelled_parcel_are_news_for_those_who_pack(client, maker):
    order, given_up = with_money(maker.good), unpaid(maker.good)
    cancel(order)
    cancel(given_up)
    lot = lot_of(maker.good, "BAD-1")
    recall_lot(lot_id=lot.pk, reason="受潮", packs={}, by=None, now=NOW, today=DAY)
    labels = ["Lot BAD-1 was recalled", f"Order {order.number} was cancelled"]
    assert sorted(news(page(client, maker, "clerk"))) == sorted(labels)
    assert news(page(client, maker, "accountant")) == []


def test_news_of_money_is_for_owner_and_accountant(client, maker):
    lead(with_money((maker.good, 3)), "delivered")
    payout = pay_out_some(maker)
    account = write_account(
        cooperative=maker, holder="x", number="62284801", bank="y", by=person("o"), now=NOW
    )
    refuse_account(account_id=account.pk, reason="户名不对", by=person("checker"), now=NOW)
    told = {f"Paid out: ¥{payout.amount}", "Bank account **** 4801 was refused"}
    for role in ("owner", "accountant"):
        assert told <= set(news(page(client, maker, role)))
    assert news(page(client, maker, "clerk")) == []


def pay_out_some(maker):
    account_of(maker)
    return pay_out(maker, "5.00")


def first_steps(html: str) -> list[tuple[str, bool]]:
    part = html.partition('class="first-steps"')[2].partition("</ol>")[0]
    rows = re.findall(r"<li class=\"first-step([^\"]*)\">.*?<b[^>]*>([^<]+)</b>", part)
    return [(label, "done" in css) for css, label in rows]


def test_a_new_cooperative_is_told_what_to_do_first(client):
    maker = CooperativeFactory()
    steps = [
        "Put in the papers of your business",
        "Put up your first good",
        "Record a lot and release it",
        "Write down your bank account",
    ]
    assert first_steps(page(client, maker)) == [(step, False) for step in steps]
    assert first_steps(page(client, maker, "clerk")) == [(step, False) for step in steps[:3]]
    assert first_steps(page(client, maker, "accountant")) == []
    html = page(client, maker)
    assert "Nothing was sold in these days." in html
    assert "Nothing else. Papers, lots" not in html
    held(maker, None)
    assert first_steps(again(client, maker))[0] == (steps[0], True)


def test_first_steps_go_with_the_first_sale_and_the_missing_account_stays(client, maker):
    paid(maker.good)
    lot_of(maker.good)
    html = page(client, maker)
    assert first_steps(html) == []
    assert jobs(html) == ["No bank account yet"]
    assert jobs(page(client, maker, "clerk")) == []


def test_a_quiet_day_says_that_all_is_well(client, maker):
    assert "Nothing else. Papers, lots and stock will last." in page(client, maker, "accountant")
