"""Shares of a discount: exact to the fen, whatever the amounts."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import FEN
from marketplace.offer.splitting import split

fen = st.integers(0, 10**9).map(lambda number: number * FEN)
weights = st.dictionaries(st.integers(), fen, min_size=1, max_size=12)


@st.composite
def splits(draw):
    wanted = draw(weights)
    most = int(sum(wanted.values()) * 100)
    return draw(st.integers(0, most)) * FEN, wanted


@given(splits())
def test_shares_sum_to_the_amount_and_none_is_negative_or_above_its_line(case):
    amount, wanted = case
    shares = split(amount, wanted)
    assert shares.keys() == wanted.keys()
    assert sum(shares.values()) == amount
    assert all(0 <= shares[key] <= wanted[key] for key in wanted)
    assert all(share == share.quantize(FEN) for share in shares.values())


@given(splits())
def test_no_share_is_a_fen_or_more_away_from_its_proportion(case):
    amount, wanted = case
    total = sum(wanted.values())
    for key, share in split(amount, wanted).items():
        assert abs(share * total - amount * wanted[key]) < FEN * (total or 1)


def test_the_largest_remainders_get_the_fen_that_are_left():
    wanted = {1: Decimal("10.00"), 2: Decimal("20.00"), 3: Decimal("40.00")}
    assert split(Decimal("0.10"), wanted) == {
        1: Decimal("0.01"),
        2: Decimal("0.03"),
        3: Decimal("0.06"),
    }


def test_of_equal_remainders_the_earlier_line_is_served_first():
    wanted = {7: Decimal("18.00"), 3: Decimal("18.00"), 5: Decimal("18.00")}
    assert split(Decimal("20.00"), wanted) == {
        7: Decimal("6.67"),
        3: Decimal("6.67"),
        5: Decimal("6.66"),
    }
