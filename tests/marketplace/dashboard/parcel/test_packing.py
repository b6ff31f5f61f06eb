"""A parcel is packed from its lots, and weighed."""

import re
from decimal import Decimal

import pytest

from marketplace.order.models import Consignment, LineLot
from marketplace.payment.models import Refund
from tests.factories import ProductFactory
from tests.marketplace.buying import MOBILE
from tests.marketplace.dashboard.money import with_money
from tests.marketplace.dashboard.parcel.forms import nothing_changed
from tests.marketplace.dashboard.shipping import (
    path,
    text,
)
from tests.marketplace.packing import (
    cut_of_mutton,
    lot_of,
    order_of,
    packed,
    parcel_for,
    shipped,
)

pytestmark = pytest.mark.django_db


def fields_of(page: str) -> dict[str, str]:
    """What the packing form proposes, by field."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"number\"[^>]*>", page):
        value = re.search(r'value="(\d*)"', tag)
        found[re.search(r'name="([^"]+)"', tag)[1]] = value[1] if value else ""
    return found


def field(parcel, lot) -> str:
    return f"lot-{parcel.lines.get().pk}-{lot.pk}"


def test_it_shows_goods_note_address_and_proposes_the_first_to_expire(clerks_browser, good):
    parcel = parcel_for((good, 5))
    Consignment.objects.update(note="放门口")
    new, old, held = lot_of(good, days=2), lot_of(good, 3, days=9), lot_of(good, state="held")
    page = text(clerks_browser.get(path(parcel)))
    for words in (order_of(parcel).number, "放门口", "李岚", MOBILE, "3号楼2单元"):
        assert words in page
    assert fields_of(page) == {field(parcel, old): "3", field(parcel, new): "2"}
    assert held.code not in page


def test_packing_writes_the_lots(clerks_browser, clerk, good):
    parcel = parcel_for((good, 5))
    one, two = lot_of(good), lot_of(good)
    data = {field(parcel, one): "1", field(parcel, two): "4"}
    answer = clerks_browser.post(path(parcel, "pack/"), data)
    assert answer["Location"] == path(parcel)
    assert list(LineLot.objects.order_by("lot").values_list("lot", "quantity")) == [
        (one.pk, 1),
        (two.pk, 4),
    ]
    assert Consignment.objects.get().state == "packed"
    page = text(clerks_browser.get(path(parcel)))
    assert "Packed. Now it can be sent." in page
    assert one.code in page
    assert 'name="number"' in page


@pytest.mark.parametrize("number", ["", "1", "9", "-1", "x", "1.5", "9" * 40])
def test_a_wrong_number_of_packs_is_said_and_what_was_typed_stays(clerks_browser, good, number):
    parcel = parcel_for((good, 2))
    lot = lot_of(good)
    page = nothing_changed(clerks_browser, path(parcel, "pack/"), {field(parcel, lot): number})
    assert "field__error" in page
    assert fields_of(page)[field(parcel, lot)] == number or not number.isdigit()


def test_a_lot_recalled_since_the_page_was_shown_is_refused_by_name(clerks_browser, good):
    parcel = parcel_for(good)
    lot = lot_of(good, state="recalled")
    page = nothing_changed(clerks_browser, path(parcel, "pack/"), {field(parcel, lot): "1"})
    assert f"Lot {lot.code} is recalled" in page


def test_a_lot_of_a_stranger_is_refused_without_its_name(clerks_browser, good):
    parcel, foreign = parcel_for(good), lot_of(ProductFactory())
    lot_of(good)
    for key in (f"lot-{parcel.lines.get().pk}-{foreign.pk}", f"lot-{10**15}-{foreign.pk}"):
        page = nothing_changed(clerks_browser, path(parcel, "pack/"), {key: "1"})
        assert foreign.code not in page


def test_without_a_released_lot_it_says_what_to_do(clerks_browser, good):
    parcel = parcel_for(good)
    assert "Release one first" in text(clerks_browser.get(path(parcel)))
    assert "exactly 1 pack" in nothing_changed(clerks_browser, path(parcel, "pack/"), {})


def test_a_second_clerk_is_told_that_it_is_packed(clerks_browser, good):
    parcel = packed(good)
    page = nothing_changed(clerks_browser, path(parcel, "pack/"), {})
    assert "It is packed already." in page


def test_a_lighter_cut_is_settled_on_its_weight_once(clerks_browser, clerk, cooperative):
    product = cut_of_mutton("128.00", 1500, cooperative=cooperative)
    order = with_money(product)
    parcel, lot = order.consignments.get(), lot_of(product)
    line = parcel.lines.get()
    assert f"grams-{line.pk}" in fields_of(text(clerks_browser.get(path(parcel))))
    data = {field(parcel, lot): "1", f"grams-{line.pk}": "1380"}
    page = text(clerks_browser.post(path(parcel, "pack/"), data, follow=True))
    assert "¥10.24 goes back to the buyer" in page
    clerks_browser.post(path(parcel, "pack/"), data)
    refund = Refund.objects.get()
    assert (refund.amount, refund.by, refund.kind) == (Decimal("10.24"), clerk, "parts")
    assert "1380 g" in refund.reason
    line.refresh_from_db()
    assert (line.weighed_grams, line.refunded) == (1380, Decimal("10.24"))


def test_a_heavier_cut_costs_no_more(clerks_browser, cooperative):
    product = cut_of_mutton(cooperative=cooperative)
    order = with_money(product)
    parcel, lot = order.consignments.get(), lot_of(product)
    data = {field(parcel, lot): "1", f"grams-{parcel.lines.get().pk}": "1650"}
    page = text(clerks_browser.post(path(parcel, "pack/"), data, follow=True))
    assert "Packed. Now it can be sent." in page
    assert not Refund.objects.exists()


@pytest.mark.parametrize("grams", ["", "0", "15", "99999", "1,5", "x", "-3"])
def test_a_weight_that_cannot_be_is_refused(clerks_browser, cooperative, grams):
    product = cut_of_mutton(cooperative=cooperative)
    parcel, lot = with_money(product).consignments.get(), lot_of(product)
    data = {field(parcel, lot): "1", f"grams-{parcel.lines.get().pk}": grams}
    assert "field__error" in nothing_changed(clerks_browser, path(parcel, "pack/"), data)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("count", [1, 6])
def test_a_parcel_costs_the_same_for_any_number_of_lines_and_lots(
    clerks_browser, cooperative, count, django_assert_max_num_queries
):
    goods = [ProductFactory(cooperative=cooperative) for _ in range(count)]
    to_pack = path(parcel_for(*goods))
    for good in goods:
        for days in range(count):
            lot_of(good, days=days + 1)
    sent = path(shipped(*goods))
    clerks_browser.get(to_pack)
    with django_assert_max_num_queries(12):
        assert text(clerks_browser.get(to_pack)).count('name="lot-') == count * (count + 1)
    with django_assert_max_num_queries(12):
        assert "SF1234567890" in text(clerks_browser.get(sent))
