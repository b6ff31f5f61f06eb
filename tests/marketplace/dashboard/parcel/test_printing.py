"""Slips and labels."""

import pytest

from marketplace.order.models import LineLot
from tests.factories import ProductFactory
from tests.marketplace.buying import MOBILE
from tests.marketplace.dashboard.shipping import path, text
from tests.marketplace.packing import order_of, packed, parcel_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tail", ["label/", "slip/"])
def test_slip_and_label_lead_to_the_lot_by_qr(clerks_browser, good, tail):
    parcel = packed((good, 2))
    page = text(clerks_browser.get(path(parcel, tail)))
    lot = LineLot.objects.get().lot
    assert page.count('<svg class="qr"') == 1
    assert f'aria-label="{lot.code}"' in page
    assert order_of(parcel).number in page
    assert "李岚" in page
    assert "¥" not in page
    assert (MOBILE in page) == (tail == "label/")


@pytest.mark.parametrize("tail", ["label/", "slip/"])
def test_what_is_not_packed_has_neither(clerks_browser, good, tail):
    page = text(clerks_browser.get(path(parcel_for(good), tail)))
    assert "pack it first" in page
    assert "李岚" not in page


@pytest.mark.parametrize("tail", ["labels/", "slips/"])
@pytest.mark.parametrize("count", [1, 3])
def test_all_of_a_day_are_printed_at_the_same_cost(
    clerks_browser, cooperative, good, tail, count, django_assert_max_num_queries
):
    for _ in range(count):
        packed(good)
    parcel_for(good)
    with django_assert_max_num_queries(13):
        page = text(clerks_browser.get(path(cooperative, tail), {"day": "2026-12-31"}))
    assert page.count('<svg class="qr"') == count


def test_a_label_that_was_never_there_is_not_found(clerks_browser, good):
    parcel = parcel_for(ProductFactory())
    parcel.partner = packed(good).partner
    for tail in ("", "label/", "slip/"):
        assert clerks_browser.get(path(parcel, tail)).status_code == 404
