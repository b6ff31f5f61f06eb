"""What a receipt tells is what the ledger, the lots and the published batch say."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import F

from catalog.assistance.models import Batch
from catalog.assistance.published import CooperativeFigures, read_cooperatives
from marketplace.ledger.models import Account, Entry
from marketplace.months import start_of
from marketplace.order.models import Line
from marketplace.order.services import move
from marketplace.order.states import State
from marketplace.shop.receipt.contents import read_receipt
from marketplace.shop.receipt.words import column_rows
from tests.factories import ProductFactory
from tests.factories.receipts import deliver, delivered, figure_of, published_batch, read
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.dashboard.money import arrived, give_back, with_money


def receipt_of(order):
    return read_receipt(order=read(order), now=NOW)


def balance_of(order, maker) -> Decimal:
    """Of the order, what lies on both accounts of the cooperative."""
    balances = Entry.objects.about(order.number).balances()
    kinds = (Account.Kind.COOPERATIVE, Account.Kind.FREIGHT)
    return sum(balances.get((kind, maker.pk), Decimal(0)) for kind in kinds)


def said(figures: CooperativeFigures) -> tuple:
    return figures.latest.households, figures.latest.amount


def test_goods_stand_with_their_maker_their_place_and_their_lot(order, oats, millet):
    parts = receipt_of(order).parts
    assert [part.cooperative for part in parts] == [oats.cooperative, millet.cooperative]
    [rice], [grain] = (part.goods for part in parts)
    assert (rice.name, rice.quantity, [lot.code for lot in rice.lots]) == (
        "燕麦米 1000g",
        2,
        [f"LOT-{oats.pk}"],
    )
    assert [goods.place for goods in (rice, grain)] == ["武川县哈乐镇", "清水河县宏河镇"]


def test_what_stayed_is_the_ledgers_balance_to_the_fen(order):
    receipt = receipt_of(order)
    for part in receipt.parts:
        assert part.kept == balance_of(order, part.cooperative) > 0
    assert receipt.kept == order.total_incl_tax
    assert receipt.booked_on == NOW.date() == receipt.delivered_on


def test_the_fee_and_what_the_market_bore_are_named_and_counted(oats):
    order = with_money((oats, 2))
    posted = Entry.objects.filter(posting__reference=order.number)
    maker = Account.objects.get(kind="cooperative", holder=oats.cooperative_id)
    fee = Account.objects.create(kind="fee")
    Entry.objects.create(
        posting=posted.first().posting, giver=maker, taker=fee, amount=Decimal("3.12")
    )
    deliver(order.consignments.get())
    [part] = receipt_of(order).parts
    assert part.columns["fee"] == Decimal("-3.12")
    assert part.kept == order.total_incl_tax - Decimal("3.12")
    assert [amount for _, amount in column_rows(part)] == ["¥78.00", "¥8.00", "−¥3.12"]


def test_a_refund_is_taken_off_once_it_has_arrived(order, oats):
    refund = give_back(order, "10.00")
    before = receipt_of(order)
    assert (before.kept, before.returning) == (order.total_incl_tax, Decimal("10.00"))
    arrived(refund)
    after = receipt_of(order)
    assert (after.kept, after.returning) == (order.total_incl_tax - 10, Decimal(0))
    assert after.parts[0].goods[0].refunded == Decimal("10.00")
    assert after.parts[0].columns["refunded"] == Decimal("-10.00")
    assert not after.is_given_back


def test_when_all_has_gone_back_it_says_so(oats):
    order = delivered(oats)
    entry = Entry.objects.filter(posting__reference=order.number)
    posting = entry.first().posting
    back = [
        Entry(posting=posting, giver=one.taker, taker=one.giver, amount=one.amount) for one in entry
    ]
    Entry.objects.bulk_create(back)
    receipt = receipt_of(order)
    assert (receipt.kept, receipt.is_given_back) == (0, True)


def test_money_of_other_orders_is_not_counted(order, oats):
    delivered((oats, 5))
    assert receipt_of(order).parts[0].kept == balance_of(order, oats.cooperative)


def test_there_is_one_from_the_first_parcel_on_and_the_rest_is_named(oats, millet):
    order = with_money(oats, millet)
    first, second = order.consignments.order_by("pk")
    early = receipt_of(order)
    assert (early.stage, early.parts, len(early.coming)) == ("early", [], 2)
    assert early.expected_on == min(first.promised_on, second.promised_on)
    deliver(first)
    receipt = receipt_of(order)
    assert (receipt.stage, receipt.coming) == ("ready", [second])
    assert [part.cooperative for part in receipt.parts] == [first.partner.cooperative]


def test_a_promise_that_was_missed_is_not_said_again(oats):
    order = with_money(oats)
    promised = order.consignments.get().promised_on
    late = start_of(promised + timedelta(days=1))
    assert read_receipt(order=read(order), now=start_of(promised)).expected_on == promised
    assert read_receipt(order=read(order), now=late).expected_on is None


def test_unpaid_and_given_up_orders_have_none(oats):
    order = order_for(oats)
    assert receipt_of(order).stage == "unpaid"
    move(consignments=order.consignments.all(), to=State.CANCELLED, by=None, reason="", now=NOW)
    given_up = receipt_of(order)
    assert (given_up.stage, given_up.coming, given_up.kept) == ("void", [], 0)


def test_a_good_that_is_no_more_leaves_its_line(order):
    Line.objects.filter(order=order, title__contains="燕麦米").update(product=None)
    [goods] = receipt_of(order).parts[0].goods
    assert (goods.name, goods.place) == ("燕麦米 1000g", "")


def test_figures_are_of_the_batch_published_last(order, maker, batch):
    figure_of(batch, maker, 128, "327600.00")
    [oat, other] = receipt_of(order).parts
    assert said(oat.figures) == (128, Decimal("327600.00"))
    assert other.figures is None
    newer = published_batch(date(2026, 11, 1), NOW)
    figure_of(newer, maker, 130, "330000.00")
    assert said(receipt_of(order).parts[0].figures) == (130, Decimal("330000.00"))
    Batch.objects.create(
        number="M", month=date(2026, 11, 1), cutoff=NOW, begun_at=NOW, is_under_way=True
    )
    assert receipt_of(order).edition.as_of == NOW.date()


def test_a_hidden_figure_is_never_read(maker, batch):
    figure_of(batch, maker, 3, "900.00", hidden=True)
    assert read_cooperatives([maker.pk])[maker.pk].latest is None


def test_without_a_batch_there_are_no_figures(order):
    receipt = receipt_of(order)
    assert receipt.edition is None
    assert [part.figures for part in receipt.parts] == [None, None]


@pytest.mark.parametrize("count", [1, 3])
def test_a_receipt_costs_the_same_for_any_length(batch, count, django_assert_num_queries):
    order = delivered(*(ProductFactory() for _ in range(count)))
    with django_assert_num_queries(10):
        assert len(receipt_of(order).parts) == count
    assert Line.objects.filter(order=order, lots__quantity=F("quantity")).count() == count
