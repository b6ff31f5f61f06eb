"""Catch weight: what is paid and what goes back are the whole, to the fen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Product
from catalog.traceability.models import Lot
from marketplace.money import FEN
from marketplace.order.lots import LotOnOffer, propose
from marketplace.order.models import Line
from marketplace.order.weighing import owed_back, price_of_weight

yuan = st.decimals(min_value=0, max_value=99_999, places=2)
grams = st.integers(min_value=1, max_value=999_000)


@given(yuan, grams, grams)
def test_what_is_paid_is_never_above_the_price_and_in_whole_fen(price, sold, weighed):
    paid = price_of_weight(price, sold, weighed)
    assert 0 <= paid <= price
    assert paid == paid.quantize(FEN)
    assert (paid == price) if weighed >= sold else (paid * sold <= price * weighed)
    assert paid * sold > (price * weighed - sold * FEN) or weighed > sold


@given(yuan, grams, grams, st.integers(min_value=0, max_value=1000))
def test_a_heavier_cut_is_never_cheaper(price, sold, weighed, more):
    assert price_of_weight(price, sold, weighed) <= price_of_weight(price, sold, weighed + more)


@given(yuan, st.integers(1, 9), st.integers(1, 20_000), grams, st.decimals(0, 1, places=4))
def test_what_stays_what_went_back_and_what_goes_back_are_the_whole(
    price, quantity, net, weighed, share
):
    before = (price * share).quantize(FEN, "ROUND_DOWN")
    line = Line(
        line_price_incl_tax=price,
        quantity=quantity,
        net_grams=net,
        catch_weight=True,
        weighed_grams=weighed,
        refunded=before,
    )
    back = owed_back(line)
    kept = price - before - back
    assert back >= 0
    assert kept >= 0
    assert kept + back + before == price
    assert kept == max(price_of_weight(price, net * quantity, weighed) - before, 0) or before == 0


def test_what_was_not_weighed_gives_nothing_back():
    assert owed_back(Line(line_price_incl_tax=Decimal("9.00"), refunded=0)) == 0


@pytest.mark.parametrize(
    ("weighed", "paid"),
    [(1500, "128.00"), (1600, "128.00"), (1499, "127.91"), (1380, "117.76"), (1, "0.08")],
)
def test_examples(weighed, paid):
    assert price_of_weight(Decimal("128.00"), 1500, weighed) == Decimal(paid)


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=5), st.lists(st.integers(1, 30), max_size=6)
)
def test_a_proposal_takes_each_pack_once_and_all_that_is_needed_and_there(wanted, lots):
    good = Product(pk=1)
    offers = [LotOnOffer(Lot(pk=key, product=good), free, None) for key, free in enumerate(lots, 1)]
    pack = Product(pk=2, parent=good)
    lines = [Line(pk=key, product=pack, quantity=n) for key, n in enumerate(wanted, 1)]
    proposed = propose(lines, {1: offers})
    taken = [number for some in proposed.values() for number in some.values()]
    assert sum(taken) == min(sum(wanted), sum(lots))
    assert all(number > 0 for number in taken)
    for line in lines:
        assert sum(proposed[line.pk].values()) <= line.quantity
    for key, free in enumerate(lots, 1):
        assert sum(some.get(key, 0) for some in proposed.values()) <= free
