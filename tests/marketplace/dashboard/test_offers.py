"""Vouchers and offers for everybody: listed, made, ended, refused in words."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.voucher.models import Voucher
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.offers import offer_of, voucher_of
from tests.marketplace.buying import NOW, stock

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/offers/"
VOUCHER, OFFER = f"{LIST}new-voucher/", f"{LIST}new-offer/"
TERMS = {
    "code": "ysj 20",
    "name": "满199减20",
    "name_en": "20 off 199",
    "kind": "Absolute",
    "value": "20",
    "threshold": "199",
    "most_off": "",
    "bearer": "",
    "begins": "",
    "ends": "2026-12-31",
    "limit_total": "200",
    "limit_per_person": "1",
}
MIDNIGHT = datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def page(office, **params) -> str:
    response = office.get(LIST, params)
    assert response.status_code == 200
    return response.content.decode()


def test_a_voucher_is_made_as_it_was_said(office, operator):
    assert office.post(VOUCHER, TERMS)["Location"] == LIST
    voucher = Voucher.objects.for_table().get()
    assert (voucher.code, voucher.limit_total, voucher.limit_per_person) == ("YSJ20", 200, 1)
    assert (voucher.start_datetime, voucher.end_datetime) == (NOW, MIDNIGHT)
    assert (voucher.created_by, voucher.offer.bearer) == (operator, "platform")
    assert voucher.offer.condition.value == Decimal("199.00")
    assert voucher.offer.condition.range.includes_all_products
    text = page(office)
    for words in ("YSJ20", "20 off 199", "¥20 off from ¥199", "All goods", "Running", "/ 200"):
        assert words in text
    assert "Borne by Yinshan Market" in text
    assert "31 December 2026" in text


def test_an_offer_for_everybody_of_a_producer_for_one_specialty(office):
    mill = CooperativeFactory(short_name_en="North Slope")
    stock(ProductFactory(cooperative=mill))
    terms = TERMS | {
        "kind": "Percentage",
        "value": "10",
        "most_off": "30",
        "bearer": mill.slug,
        "specialties": [specialty().slug],
        "makers": [mill.slug],
        "begins": "2026-12-01",
        "ends": "",
        "priority": "7",
        "exclusive": "on",
    }
    assert office.post(OFFER, terms)["Location"] == f"{LIST}?kind=site"
    offer = ConditionalOffer.objects.get()
    assert (offer.offer_type, offer.bearer, offer.cooperative) == ("Site", "cooperative", mill)
    assert (offer.benefit.type, offer.benefit.value) == ("Percentage", Decimal("10.00"))
    assert offer.most_off == Decimal("30.00")
    assert (offer.start_datetime.isoformat(), offer.end_datetime) == (
        "2026-11-30T16:00:00+00:00",
        None,
    )
    assert list(offer.condition.range.included_categories.all()) == [specialty()]
    assert list(offer.condition.range.cooperatives.all()) == [mill]
    assert (offer.priority, offer.exclusive) == (7, True)
    text = page(office, kind="site")
    for words in ("Not yet begun", "Borne by North Slope", "10% off from ¥199, at most ¥30"):
        assert words in text
    assert specialty().name_text in text or specialty().name_en in text
    assert "until ended" in text


def test_uses_and_what_they_cost_stand_in_the_list(office):
    offer = offer_of(name="满99减8")
    OfferUse.objects.create(offer=offer, order_id=1, amount="8.00")
    OfferUse.objects.create(offer=offer, order_id=2, amount="12.50")
    text = page(office, kind="site")
    assert "<b>2</b>" in text
    assert "¥20.50" in text


def test_ending_asks_first_and_keeps_who(office, operator):
    voucher, offer = voucher_of(), offer_of(name="另一个")
    for kind, row in (("voucher", voucher), ("offer", offer)):
        path = f"{LIST}{kind}/{row.pk}/end/"
        assert "End it now?" in office.get(path).content.decode()
        row.refresh_from_db()
        assert row.end_datetime is None or row.end_datetime > NOW
        assert office.post(path).status_code == 302
        row.refresh_from_db()
        assert (row.end_datetime, row.ended_by) == (NOW, operator)
        assert office.get(path).status_code == 302
    assert "Ended" in page(office)


def test_an_offer_of_a_voucher_is_not_ended_by_itself(office):
    voucher = voucher_of()
    path = f"{LIST}offer/{voucher.offers.get().pk}/end/"
    assert office.post(path).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "a b!"}, "code"),
        ({"code": "x" * 61}, "code"),
        ({"code": "a\x00b"}, "code"),
        ({"name": ""}, "name"),
        ({"name": "n" * 129}, "name"),
        ({"kind": "Multibuy"}, "kind"),
        ({"value": "0"}, "value"),
        ({"value": "199"}, "value"),
        ({"value": "1e9"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"kind": "Percentage", "value": "100"}, "value"),
        ({"threshold": "-1"}, "threshold"),
        ({"most_off": "0"}, "most_off"),
        ({"bearer": "nobody"}, "bearer"),
        ({"specialties": ["nothing"]}, "specialties"),
        ({"begins": "31.2."}, "begins"),
        ({"ends": ""}, "ends"),
        ({"ends": "2026-11-22"}, "ends"),
        ({"begins": "2026-12-31", "ends": "2026-12-30"}, "ends"),
        ({"limit_total": "0"}, "limit_total"),
        ({"limit_per_person": "x"}, "limit_per_person"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_made(office, changes, field):
    response = office.post(VOUCHER, TERMS | changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Voucher.objects.exists()
    assert not ConditionalOffer.objects.exists()


def test_a_code_that_is_taken_is_said(office):
    voucher_of(code="YSJ20")
    response = office.post(VOUCHER, TERMS)
    assert "with this code already" in response.content.decode()
    assert Voucher.objects.count() == 1


@pytest.mark.parametrize("params", [{"page": "abc"}, {"page": "7"}])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, params):
    assert office.get(LIST, params)["Location"] == LIST


def test_an_unknown_kind_shows_vouchers(office):
    assert "Nothing here yet" in page(office, kind="x" * 5000)


@pytest.mark.parametrize("count", [1, 48])
def test_both_lists_cost_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for number in range(count):
        voucher_of(f"YSJ{number:03}")
        offer_of()
    for kind in ("", "site"):
        office.get(LIST, {"kind": kind})
        with django_assert_max_num_queries(12):
            assert office.get(LIST, {"kind": kind}).content.decode().count("row--offer") == count


def test_what_a_producer_bears_is_for_its_own_goods(office):
    offer_of(cooperative=CooperativeFactory(short_name_en="North Slope"))
    assert "Goods of North Slope" in page(office, kind="site")
