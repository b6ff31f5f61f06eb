"""Whatever offers are put on a basket, its parts sum to the whole and nothing is negative."""

from collections import defaultdict
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import FEN
from marketplace.offer.applying import Table
from marketplace.offer.goods import RangeGoods
from marketplace.offer.models import Benefit, Condition, ConditionalOffer

yuan = st.integers(1, 50_000).map(lambda number: number * FEN)


def line(pk, amount, cooperative_id, discountable):
    good = SimpleNamespace(cooperative_id=cooperative_id, is_discountable=True)
    pack = SimpleNamespace(parent=good, is_discountable=discountable)
    return SimpleNamespace(pk=pk, amount=amount, product=pack)


@st.composite
def baskets(draw):
    makers, discountable = st.integers(1, 3), st.sampled_from([True, True, True, False])
    rows = draw(st.lists(st.tuples(yuan, makers, discountable), min_size=1, max_size=8))
    return [line(pk, *row) for pk, row in enumerate(rows, start=1)]


@st.composite
def offers(draw):
    percent = draw(st.booleans())
    value = draw(st.integers(1, 9_999)) * FEN if percent else draw(yuan)
    ranges = st.integers(1, 3)
    return ConditionalOffer(
        pk=draw(st.integers(1, 99)),
        name="满减",
        exclusive=draw(st.booleans()),
        condition=Condition(range_id=draw(ranges), value=draw(yuan | st.just(Decimal(0)))),
        benefit=Benefit(
            range_id=draw(ranges), type="Percentage" if percent else "Absolute", value=value
        ),
        most_off=draw(st.none() | yuan),
    )


@given(baskets(), st.lists(offers(), max_size=6), st.data())
def test_parts_sum_to_the_whole_and_nothing_is_negative(lines, wanted, data):
    marks = {row.pk: {("cooperative", str(row.product.parent.cooperative_id))} for row in lines}
    included = defaultdict(set)
    for number in (2, 3):
        included[number] = {("cooperative", str(number)), ("cooperative", "1")}
    table = Table(lines, RangeGoods(frozenset({1}), included, marks))
    rows = [row for row in map(table.apply, wanted) if row]
    cost = {row.pk: row.amount for row in lines}
    for row in rows:
        assert row.amount == sum(row.shares.values()) > 0
        assert all(share > 0 and share == share.quantize(FEN) for share in row.shares.values())
    for pk, amount in cost.items():
        taken = sum((row.shares.get(pk, 0) for row in rows), Decimal(0))
        assert 0 <= taken <= amount
        assert table.left[pk] == amount - taken
    assert sum(table.left.values()) > 0
    fixed = {row.pk for row in lines if not row.product.is_discountable}
    assert not any(fixed & row.shares.keys() for row in rows)


@given(baskets(), st.lists(offers(), max_size=6))
def test_goods_of_an_exclusive_offer_are_in_no_other(lines, wanted):
    marks = {row.pk: set() for row in lines}
    everything = frozenset({1, 2, 3})
    table = Table(lines, RangeGoods(everything, defaultdict(set), marks))
    applied = [(offer, row) for offer in wanted if (row := table.apply(offer))]
    if any(offer.exclusive for offer, _row in applied):
        assert len(applied) == 1
