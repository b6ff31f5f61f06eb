"""One order as the operator reads it, and its packing lists."""

import re

import pytest

from marketplace.order.models import Consignment, ConsignmentStep, OrderDiscount
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.dashboard.test_orders_list import paid

pytestmark = pytest.mark.django_db


def path(order, tail: str = "") -> str:
    return f"/en/dashboard/orders/{order.number}/{tail}"


def two_parcels():
    mill = CooperativeFactory(name_en="North Slope Mill", short_name_en="North Slope")
    fold = CooperativeFactory(name_en="Blue Salt Slope", short_name_en="Blue Salt")
    return order_for(
        (ProductFactory(cooperative=mill, title_en="Flour", packs=[("39.00", 9, 2500)]), 2),
        ProductFactory(
            cooperative=fold, title_en="Mutton", storage="frozen", packs=[("118.00", 9, 1500)]
        ),
    )


def test_the_page_says_who_bought_what_from_whom_and_where_it_goes(office):
    order = two_parcels()
    page = office.get(path(order)).content.decode()
    for words in (
        order.number,
        "Awaiting payment",
        "North Slope",
        "Blue Salt",
        "Flour 2500 g",
        "¥39.00 × 2",
        "¥78.00",
        "李岚",
        "13800001234",
        "北京市海淀区",
        "lilan@example.com",
        "¥196.00",
    ):
        assert words in page


def test_each_step_says_when_by_whom_and_why(office, operator):
    order = paid()
    parcel = order.consignments.get()
    Consignment.objects.filter(pk=parcel.pk).update(state="cancelled", note="放门口", grams=1100)
    ConsignmentStep.objects.create(
        consignment=parcel, state="cancelled", at=NOW, by=operator, reason="冰雹 <b>打坏</b>"
    )
    page = office.get(path(order)).content.decode()
    for words in (
        "Paid",
        "Cancelled",
        "operator",
        "冰雹 &lt;b&gt;打坏&lt;/b&gt;",
        "放门口",
        "1.1 kg",
    ):
        assert words in page


def test_kept_papers_and_discounts_with_their_bearer_are_shown(office):
    order = order_for()
    papers = [
        {
            "kind": "organic_certificate",
            "number": "ORG-17",
            "issuer": "认证中心",
            "valid_until": "2027-03-01",
        },
        {"kind": "no_longer_known", "number": "X-1", "issuer": "某处", "valid_until": None},
    ]
    order.lines.update(papers=papers)
    OrderDiscount.objects.create(
        order=order,
        offer_name="满199减20",
        voucher_code="YSJ20",
        bearer="Borne by North Slope",
        frequency=1,
        amount="8.00",
    )
    page = office.get(path(order)).content.decode()
    for words in (
        "2 papers as of the sale",
        "Organic product certificate",
        "ORG-17",
        "until 1 March 2027",
        "no_longer_known",
        "Borne by North Slope",
        "YSJ20",
        "−¥8.00",
    ):
        assert words in page


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    order = order_for(*(ProductFactory(cooperative=CooperativeFactory()) for _ in range(count)))
    for tail in ("", "packing/"):
        office.get(path(order, tail))
        with django_assert_max_num_queries(16):
            office.get(path(order, tail))


def test_a_packing_list_is_one_sheet_for_each_parcel_and_names_no_price(office):
    order = two_parcels()
    page = office.get(path(order, "packing/")).content.decode()
    sheets = page.split('<article class="sheet">')[1:]
    assert len(sheets) == 2
    assert "¥" not in "".join(sheets)
    assert "North Slope Mill" in sheets[0]
    assert "Blue Salt" not in sheets[0]
    assert "Flour 2500 g" in sheets[0]
    assert "Mutton" not in sheets[0]
    assert all("13800001234" in sheet and order.number in sheet for sheet in sheets)


def test_a_packing_list_of_one_parcel_holds_that_alone(office):
    order = two_parcels()
    frozen = order.consignments.get(storage="frozen")
    page = office.get(path(order, f"packing/{frozen.pk}/")).content.decode()
    assert "Mutton" in page
    assert "Flour" not in page


def test_a_parcel_of_another_order_is_not_found(office):
    order, other = order_for(), order_for()
    parcel = other.consignments.get()
    assert office.get(path(order, f"packing/{parcel.pk}/")).status_code == 404
    assert office.get(path(order, f"packing/{10**30}/")).status_code == 404


def test_what_is_not_paid_is_not_to_be_packed(office):
    assert "nothing to pack" in office.get(path(order_for(), "packing/")).content.decode()
    assert "nothing to pack" not in office.get(path(paid(), "packing/")).content.decode()


def test_there_is_no_inline_script_or_style(office):
    for tail in ("", "packing/"):
        page = office.get(path(order_for(), tail)).content.decode()
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", page)
