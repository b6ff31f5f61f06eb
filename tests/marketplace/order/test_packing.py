"""Packing a parcel: released lots, exactly the packs sold, what it weighs; or nothing changes."""

import pytest

from marketplace.order.lots import lots_on_offer, propose
from marketplace.order.models import Consignment, LineLot
from marketplace.order.packing_refusals import (
    LotExpired,
    LotNotReleased,
    LotOfAnotherGood,
    LotUsedUp,
    PacksDiffer,
    WeightMissing,
    WeightUnlikely,
)
from marketplace.order.services import MoveRefused, Packing, give_up, hold_order, pack
from tests.factories import ProductFactory
from tests.marketplace.buying import DAY, NOW, in_english
from tests.marketplace.packing import (
    cut_of_mutton,
    lot_of,
    order_of,
    packed,
    packing_of,
    parcel_for,
    state_of_parcels,
)

pytestmark = pytest.mark.django_db


def pack_it(parcel, *lots, grams=None, packing=None, by=None):
    packing = packing or packing_of(parcel, *lots, grams=grams)
    return pack(consignment=parcel, packing=packing, by=by, now=NOW)


def proposed_for(parcel) -> dict[str, int]:
    """Packs by the lot's code, of a parcel of one line."""
    lines = list(parcel.lines.select_related("product"))
    offers = lots_on_offer(goods={line.product.parent_id for line in lines}, day=DAY)
    (taken,) = propose(lines, offers).values()
    codes = {offer.lot.pk: offer.lot.code for some in offers.values() for offer in some}
    return {codes[key]: number for key, number in taken.items()}


def refused(kind, parcel, *lots, **about) -> str:
    before = state_of_parcels()
    with pytest.raises(kind) as caught:
        pack_it(parcel, *lots, **about)
    assert state_of_parcels() == before
    return in_english(caught.value)


def test_a_packed_parcel_knows_its_lots_and_who_packed_it(django_user_model):
    clerk = django_user_model.objects.create_user("clerk@example.com")
    product = ProductFactory()
    parcel = parcel_for((product, 5))
    older, newer = lot_of(product, days=9), lot_of(product)
    held = pack_it(parcel, (older, 2), (newer, 3), by=clerk)
    assert held.state == Consignment.objects.get().state == "packed"
    assert list(LineLot.objects.order_by("lot").values_list("lot", "quantity")) == [
        (older.pk, 2),
        (newer.pk, 3),
    ]
    assert parcel.steps.get(state="packed").by == clerk


def test_the_first_to_expire_are_proposed_first_and_used_up_first():
    product = ProductFactory(shelf_life_days=30)
    late, early = lot_of(product, 9, days=3), lot_of(product, 2, days=20)
    assert proposed_for(parcel_for((product, 5))) == {early.code: 2, late.code: 3}


def test_only_released_lots_that_are_neither_used_up_nor_past_their_shelf_life_are_proposed():
    product = ProductFactory(shelf_life_days=10)
    lot_of(product, days=2, state="held")
    lot_of(product, days=2, state="recalled")
    lot_of(product, days=11)
    full = lot_of(product, 3, days=10)
    pack_it(parcel_for((product, 3)), full)
    good = lot_of(product, days=1)
    assert proposed_for(parcel_for((product, 4))) == {good.code: 4}


def test_without_a_shelf_life_a_lot_never_expires():
    product = ProductFactory(shelf_life_days=0)
    lot = lot_of(product, days=4000)
    parcel = parcel_for(product)
    assert proposed_for(parcel) == {lot.code: 1}
    assert pack_it(parcel, lot).state == "packed"


def test_where_lots_do_not_suffice_what_there_is_is_proposed():
    product = ProductFactory()
    lot = lot_of(product, 2)
    assert proposed_for(parcel_for((product, 5))) == {lot.code: 2}


@pytest.mark.parametrize("numbers", [(1, 1), (2, 2), (0, 0), (4, -1)])
def test_lots_that_do_not_sum_to_the_line_are_refused(numbers):
    product = ProductFactory()
    parcel = parcel_for((product, 3))
    lots = [(lot_of(product), number) for number in numbers]
    assert refused(PacksDiffer, parcel, *lots) == "The lots must come to exactly 3 packs."


def test_a_line_of_which_nothing_is_said_is_refused():
    parcel = parcel_for(ProductFactory())
    words = refused(PacksDiffer, parcel, packing=Packing({}))
    assert words == "The lots must come to exactly 1 pack."


@pytest.mark.parametrize(("state", "words"), [("held", "not released"), ("recalled", "recalled")])
def test_a_lot_that_may_not_be_sent_is_refused(state, words):
    product = ProductFactory()
    assert words in refused(LotNotReleased, parcel_for(product), lot_of(product, state=state))


def test_a_lot_past_its_shelf_life_is_refused_and_on_its_last_day_it_is_not():
    product = ProductFactory(shelf_life_days=10)
    over, last = lot_of(product, days=11), lot_of(product, days=10)
    parcel = parcel_for(product)
    assert "past its shelf life" in refused(LotExpired, parcel, over)
    assert pack_it(parcel, last).state == "packed"


def test_no_more_packs_of_a_lot_are_used_than_it_has():
    product = ProductFactory()
    lot = lot_of(product, 4)
    pack_it(parcel_for((product, 3)), lot)
    words = refused(LotUsedUp, parcel_for((product, 2)), lot)
    assert words == f"Of lot {lot.code} only 1 pack is left."


def test_packs_of_a_parcel_that_was_cancelled_after_packing_can_be_used_again():
    product = ProductFactory()
    lot = lot_of(product, 3)
    first = pack_it(parcel_for((product, 3)), lot)
    order = hold_order(first.order_id)
    give_up(order=order, to="cancelled", by=None, reason="", now=NOW)
    assert pack_it(parcel_for((product, 3)), lot).state == "packed"


def test_two_lines_of_one_good_share_its_lots():
    product = ProductFactory(packs=[("18.00", 100, 1000), ("40.00", 100, 2500)])
    parcel = parcel_for((product, 2))
    line = parcel.lines.get()
    twin = parcel.lines.get()
    twin.pk, twin._state.adding = None, True
    twin.num_allocated = 0
    twin.save()
    lot = lot_of(product, 3)
    packing = Packing({line.pk: {lot.pk: 2}, twin.pk: {lot.pk: 2}})
    words = refused(LotUsedUp, parcel, packing=packing)
    assert words == f"Of lot {lot.code} only 1 pack is left."
    assert propose([line, twin], lots_on_offer(goods={product.pk}, day=DAY)) == {
        line.pk: {lot.pk: 2},
        twin.pk: {lot.pk: 1},
    }


def test_a_lot_of_another_good_or_none_at_all_is_refused():
    product, other = ProductFactory(), ProductFactory()
    parcel = parcel_for(product)
    line = parcel.lines.get()
    for key in (lot_of(other).pk, 10**9):
        refused(LotOfAnotherGood, parcel, packing=Packing({line.pk: {key: 1}}))


def test_a_parcel_is_packed_once():
    product = ProductFactory()
    lot = lot_of(product)
    parcel = parcel_for(product)
    pack_it(parcel, lot)
    assert refused_move(parcel, lot)
    assert LineLot.objects.count() == 1


def refused_move(parcel, lot) -> bool:
    before = state_of_parcels()
    with pytest.raises(MoveRefused):
        pack_it(parcel, lot)
    return state_of_parcels() == before


def test_what_is_sold_by_weight_keeps_its_weight():
    product = cut_of_mutton()
    parcel = parcel_for((product, 2))
    assert parcel.lines.get().catch_weight
    pack_it(parcel, lot_of(product), grams=2870)
    assert parcel.lines.get().weighed_grams == 2870


def test_without_a_weight_it_is_not_packed():
    product = cut_of_mutton()
    assert "enter what it weighs" in refused(WeightMissing, parcel_for(product), lot_of(product))


@pytest.mark.parametrize("grams", [749, 3001, 0, -5])
def test_a_weight_that_cannot_be_is_refused(grams):
    product = cut_of_mutton()
    words = refused(WeightUnlikely, parcel_for(product), lot_of(product), grams=grams)
    assert "Between 750 g and 3000 g" in words


def test_a_weight_of_what_is_not_sold_by_it_is_not_kept():
    product = ProductFactory()
    parcel = parcel_for(product)
    pack_it(parcel, lot_of(product), grams=990)
    assert parcel.lines.get().weighed_grams is None


def test_whether_it_is_weighed_is_kept_as_of_the_sale():
    product = cut_of_mutton()
    parcel = parcel_for(product)
    product.children.update(catch_weight=False)
    assert parcel.lines.get().catch_weight
    assert order_of(packed(ProductFactory())).lines.get().catch_weight is False
