"""Whatever tariffs and goods there are, a quote makes sense."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from catalog.models.product import Storage
from marketplace.partner.models import Partner
from marketplace.shipping.models import Tariff
from marketplace.shipping.reach import Reach

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
YUAN = st.decimals(0, 999, places=2)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
# One is always open, one is closed for a month.
SHELVES = (
    Partner(pk=1),
    Partner(pk=2, closed_from=date(2026, 12, 10), closed_until=date(2027, 1, 9)),
)


@st.composite
def tariffs(draw):
    return Tariff(
        storage="ambient",
        base_fee=draw(YUAN),
        base_grams=draw(st.integers(0, 20_000)),
        step_fee=draw(YUAN),
        step_grams=draw(st.integers(1, 5_000)),
        free_from=draw(st.none() | YUAN),
        transit_days=draw(st.integers(0, 30)),
    )


@st.composite
def lines(draw):
    ship_from = draw(st.none() | DAYS)
    goods = SimpleNamespace(
        storage=draw(st.sampled_from(Storage.values)),
        districts=SimpleNamespace(all=list),
        dispatch_weekdays=draw(st.lists(st.integers(1, 7), unique=True)),
        ship_from=ship_from,
        ship_until=ship_from and max(ship_from, draw(DAYS)),
    )
    quantity = draw(st.integers(1, 999))
    pack = SimpleNamespace(
        parent=goods, gross_grams=draw(st.integers(0, 30_000)), net_grams=500, net_ml=None
    )
    partner = draw(st.sampled_from(SHELVES))
    return SimpleNamespace(
        product=pack,
        stockrecord=SimpleNamespace(partner=partner),
        quantity=quantity,
        amount=quantity * draw(YUAN),
    )


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=730)).map(NEW_YEAR.__add__)


@given(st.lists(lines(), max_size=8), tariffs(), st.sets(st.sampled_from(Storage.values)), MOMENTS)
def test_fees_are_never_negative_and_days_are_in_order(found, tariff, classes, now):
    reach = Reach([], dict.fromkeys(classes, tariff), {})
    parcels = reach.quote(found, now)
    assert sum(len(parcel.lines) for parcel in parcels) == len(found)
    assert [parcel.number for parcel in parcels] == list(range(1, len(parcels) + 1))
    for parcel in parcels:
        assert parcel.fee >= 0
        assert parcel.fee == parcel.fee.quantize(Decimal("0.01"))
        if parcel.storage not in classes:
            assert (parcel.fee, parcel.dispatch_on, parcel.arrives_on) == (0, None, None)
            continue
        assert now.date() < parcel.dispatch_on <= parcel.arrives_on
        assert not parcel.partner.is_closed_on(parcel.dispatch_on)
        assert (parcel.arrives_on - parcel.dispatch_on).days == tariff.transit_days
        for line in parcel.lines:
            goods = line.product.parent
            assert goods.ship_from is None or parcel.dispatch_on >= goods.ship_from
        if parcel.to_free is not None:
            amount = sum(line.amount for line in parcel.lines)
            assert parcel.to_free > 0
            assert parcel.fee > 0
            assert tariff.fee_for(grams=parcel.grams, amount=amount + parcel.to_free) == 0


@given(tariffs(), st.integers(0, 10**6), st.integers(0, 10**6), YUAN)
def test_more_weight_never_costs_less_and_a_step_costs_its_fee(tariff, grams, more, amount):
    fee = tariff.fee_for(grams=grams, amount=amount)
    assert tariff.fee_for(grams=grams + more, amount=amount) >= fee
    if tariff.free_from is None and grams >= tariff.base_grams:
        stepped = tariff.fee_for(grams=grams + tariff.step_grams, amount=amount)
        assert stepped - fee == tariff.step_fee


@given(tariffs(), st.integers(0, 10**6), YUAN, YUAN)
def test_more_goods_of_the_same_weight_never_cost_more(tariff, grams, amount, more):
    fee = tariff.fee_for(grams=grams, amount=amount)
    assert tariff.fee_for(grams=grams, amount=amount + more) <= fee
