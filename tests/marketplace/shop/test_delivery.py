"""The choice of a district, and what the product page then says about fee, day and refusal."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from catalog.models import Product
from marketplace.shipping.models import Tariff
from tests.factories import ProductFactory, pack_of

pytestmark = pytest.mark.django_db

HAIDIAN, YANQING = "110108", "110119"
BEIJING_TIME = ZoneInfo("Asia/Shanghai")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def monday_morning(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, 30, tzinfo=BEIJING_TIME), tick=False)


def asked(client, product, region="", language="/en", **params):
    if region:
        client.cookies["region"] = region
    params = {"pack": pack_of(product).pk, **params}
    return client.get(f"{language}/shop/delivery/", params, headers=HTMX)


def offer(client, product, region="", **params):
    return asked(client, product, region, **params).context["delivery"]


def test_the_page_says_what_holds_for_the_default_district_to_everybody(client):
    product = ProductFactory(packs=[("29.00", 9, 5000)], storage="ambient_fresh")
    client.cookies["region"] = YANQING
    response = client.get(product.get_absolute_url())
    html = response.content.decode()
    assert response.context["delivery"].place == "北京市东城区"
    assert "延庆" not in html
    assert "public" in response.headers["Cache-Control"]
    assert "¥37.00" in html
    assert "11月25日（周三）" in html


def test_the_fragment_costs_four_queries_and_is_never_kept(client, django_assert_num_queries):
    product = ProductFactory()
    product.districts.add(HAIDIAN, YANQING)
    client.cookies["region"], pack = YANQING, pack_of(product).pk
    with django_assert_num_queries(4):
        response = client.get("/shop/delivery/", {"pack": pack}, headers=HTMX)
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert not response.cookies


def test_fee_sum_and_day_are_those_of_the_chosen_district(client):
    product = ProductFactory(packs=[("29.00", 9, 4000)])
    near, far = offer(client, product, HAIDIAN), offer(client, product, YANQING)
    assert (near.place, near.fee, near.total) == ("Haidian District, Beijing", 8, Decimal("37.00"))
    assert (far.fee, far.total) == (10, Decimal("39.00"))
    assert (near.arrives_on, far.arrives_on) == (date(2026, 11, 25), date(2026, 11, 26))
    assert near.order_by == "Order by 16:00 today"


def test_the_page_shows_what_the_fragment_lays_over_it(client):
    product = ProductFactory(packs=[("29.00", 9, 4000)])
    html = asked(client, product, HAIDIAN, language="").content.decode()
    for words in ("北京市海淀区", "¥37.00", "29.00", "8.00", "11月25日（周三）", "199.00"):
        assert words in html


def test_after_four_the_promise_is_a_day_later_and_holds_until_tomorrow(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 16, 0, tzinfo=BEIJING_TIME), tick=False)
    found = offer(client, ProductFactory(), HAIDIAN)
    assert (found.arrives_on, found.order_by) == (date(2026, 11, 26), "Order by 16:00 tomorrow")


@pytest.mark.parametrize(
    ("typed", "fee"),
    [
        ("1", "8.00"),
        ("3", "8.00"),
        ("4", "11.00"),
        ("x", "8.00"),
        ("-1", "8.00"),
        ("9" * 30, "8.00"),
    ],
)
def test_the_fee_follows_the_quantity_and_nonsense_counts_as_the_least(client, typed, fee):
    product = ProductFactory(packs=[("29.00", 9, 1900)])
    assert offer(client, product, HAIDIAN, quantity=typed).fee == Decimal(fee)


def test_from_the_minimum_quantity_on_packs_are_weighed(client):
    product = ProductFactory(packs=[("20.00", 90, 2900)])
    product.children.update(minimum_quantity=3)
    found = offer(client, product, HAIDIAN)
    assert (found.goods, found.fee) == (Decimal("60.00"), Decimal("12.50"))


def test_chilled_goods_are_refused_at_once_where_they_do_not_go_with_the_reason(client):
    product = ProductFactory(storage="chilled", dispatch_weekdays=[2, 5])
    found = offer(client, product, YANQING)
    assert found.refusal == (
        "Chilled 0–4 °C goods are not delivered there, only to: "
        "Beijing's six inner districts, Beijing's five outer plain districts."
    )
    assert (found.arrives_on, found.fee) == (None, 0)
    html = asked(client, product, YANQING).content.decode()
    assert found.refusal.replace("'", "&#x27;") in html
    assert "Sent out every Tuesday, Friday" in html


def test_goods_for_some_districts_say_so_before_and_refuse_elsewhere(client):
    product = ProductFactory()
    product.districts.add(HAIDIAN)
    assert offer(client, product, HAIDIAN).area == "Delivered only to: Haidian District"
    refused = offer(client, product, YANQING)
    assert refused.refusal == "Not delivered there, only to: Haidian District."


def test_what_goes_to_most_places_names_no_area_and_what_does_not_names_the_zones(client):
    assert offer(client, ProductFactory(), HAIDIAN).area == ""
    assert offer(client, ProductFactory(storage="chilled"), HAIDIAN).area == (
        "Delivered only to: Beijing's six inner districts, Beijing's five outer plain districts"
    )


def test_potatoes_in_winter_are_packed_against_frost(client):
    potatoes = ProductFactory(storage="ambient_fresh")
    assert offer(client, potatoes, HAIDIAN).frost == "Ambient, packed against frost"
    assert offer(client, ProductFactory(), HAIDIAN).frost == ""


def test_a_pre_sale_is_promised_for_its_window(client):
    lamb = ProductFactory(
        storage="frozen", ship_from=date(2026, 12, 10), ship_until=date(2026, 12, 31)
    )
    found = offer(client, lamb, HAIDIAN)
    assert found.arrives_on == date(2026, 12, 12)
    assert found.dispatch == "Pre-sale: sent out from 10 December to 31 December"


def test_no_day_is_promised_for_what_cannot_be_ordered(client):
    sold_out = ProductFactory(packs=[("18.00", 0, 1000)])
    lapsed = ProductFactory(sellable_until=date(2026, 11, 22))
    for product in (sold_out, lapsed):
        found = offer(client, product, HAIDIAN)
        assert (found.fee, found.arrives_on) == (8, None)
    assert client.get(sold_out.get_absolute_url()).context["delivery"].arrives_on is None


def test_nothing_delivered_anywhere_breaks_no_page_and_leaves_no_rate_in_its_data(client):
    product = ProductFactory()
    Tariff.objects.all().delete()
    response = client.get(f"/en{product.get_absolute_url()}")
    assert response.status_code == 200
    assert response.context["delivery"].refusal == ("Ambient goods are not delivered at present.")
    assert "shippingDetails" not in response.content.decode()


@pytest.mark.parametrize("cookie", ["999999", "garbage", "", "110108; x", "%00"])
def test_a_cookie_of_no_district_is_ignored(client, cookie):
    client.cookies["region"] = cookie
    response = client.get("/shop/delivery/", {"pack": pack_of(ProductFactory()).pk}, headers=HTMX)
    assert response.context["delivery"].place == "北京市东城区"


@pytest.mark.parametrize("pack", ["", "0", "-1", "abc", "9" * 40, "%00", "\x00", "²"])
def test_delivery_of_an_unknown_pack_is_a_404(client, pack):
    assert client.get("/shop/delivery/", {"pack": pack}).status_code == 404


def test_nothing_is_told_of_goods_that_are_not_public(client):
    product = ProductFactory(is_public=False)
    assert client.get("/shop/delivery/", {"pack": pack_of(product).pk}).status_code == 404
    assert client.get("/shop/delivery/", {"pack": product.pk}).status_code == 404


def test_without_script_the_delivery_is_a_page_with_the_way_back(client):
    product = ProductFactory()
    pack = pack_of(product)
    client.cookies["region"] = HAIDIAN
    response = client.get("/shop/delivery/", {"pack": pack.pk})
    html = response.content.decode()
    assert "<html" in html
    assert f'href="{product.get_absolute_url()}?pack={pack.pk}"' in html
    assert 'name="robots" content="noindex"' in html


def test_the_choice_begins_with_the_sixteen_districts_and_goes_on_by_province(client):
    response = client.get("/shop/destination/")
    districts = [(region.name, region.is_last) for region in response.context["choices"]]
    assert (len(districts), districts[0]) == (16, ("东城区", True))
    assert len(response.context["provinces"]) == 30
    inner = client.get("/shop/destination/", {"in": "150000"}).context["choices"]
    assert ("呼和浩特市", False) in [(region.name, region.is_last) for region in inner]
    guangdong = client.get("/shop/destination/", {"in": "440000"}).context["choices"]
    assert ("东莞市", True) in [(region.name, region.is_last) for region in guangdong]


@pytest.mark.parametrize("code", ["", "110000", "150100"])
def test_the_list_of_places_costs_the_same_for_any_length(client, code, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert client.get("/shop/destination/", {"in": code}, headers=HTMX).status_code == 200


def test_a_district_is_chosen_without_script_and_leads_back(client):
    response = client.post("/shop/destination/", {"region": YANQING, "next": "/shop/?q=1"})
    assert (response.status_code, response.headers["Location"]) == (302, "/shop/?q=1")
    cookie = response.cookies["region"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (YANQING, True, "Lax")
    assert "no-store" in response.headers["Cache-Control"]


def test_with_script_the_page_stays_and_hears_of_the_choice(client):
    response = client.post("/shop/destination/", {"region": YANQING}, headers=HTMX)
    assert (response.status_code, response.content) == (200, b"")
    assert "region-changed" in response.headers["HX-Trigger"]
    assert response.cookies["region"].value == YANQING


@pytest.mark.parametrize(
    "code",
    ["", "999999", "110000", "150100", "110108012", "abc", "\x00", "１１０１０８", "110108 "],
)
def test_no_place_of_ours_is_answered_in_words_and_changes_nothing(client, code):
    client.cookies["region"] = HAIDIAN
    response = client.post("/en/shop/destination/", {"region": code, "next": "/shop/"})
    assert response.status_code == 422
    assert "There is no such place." in response.content.decode()
    assert "region" not in response.cookies
    assert response.context["next_path"] == "/shop/"


@pytest.mark.parametrize("above", ["", "999999", "abc", "\x00", "110108012"])
def test_an_unknown_step_shows_a_list_all_the_same(client, above):
    assert client.get("/shop/destination/", {"in": above}).status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_the_choice_leads_nowhere_else(client, elsewhere):
    response = client.post("/shop/destination/", {"region": YANQING, "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_another_site_cannot_choose():
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/shop/destination/", {"region": YANQING}, headers={"Origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert "region" not in response.cookies


def test_the_header_names_the_place_that_was_chosen_in_one_query(client, django_assert_num_queries):
    client.cookies["region"] = HAIDIAN
    with django_assert_num_queries(1):
        response = client.get("/shop/visitor/")
    assert response.context["place"] == "北京市海淀区"
    assert 'id="visitor-place" hx-swap-oob="true"' in response.content.decode()


@pytest.mark.parametrize("cookie", ["", "999999", "garbage"])
def test_who_chose_nothing_is_asked_to_choose(client, cookie):
    client.cookies["region"] = cookie
    assert client.get("/shop/visitor/").context["place"] == ""
    page = client.get("/shop/").content.decode()
    assert "/shop/destination/" in page


def test_other_places_are_named_by_city_and_district(client):
    client.cookies["region"] = "150125"
    assert client.get("/shop/visitor/").context["place"] == "呼和浩特市武川县"
    assert Product.objects.count() == 0


def test_the_bar_at_the_foot_of_a_phone_names_sum_district_and_day(client):
    product = ProductFactory(packs=[("29.00", 9, 4000)])
    page = " ".join(client.get(product.get_absolute_url()).content.decode().split())
    assert '<p class="buybar__sum" id="buybar-sum">' in page
    assert "到东城区，11月25日到" in page
    laid_over = asked(client, product, HAIDIAN, language="", quantity=2).content.decode()
    assert '<p class="buybar__sum" id="buybar-sum" hx-swap-oob="true">' in laid_over
    assert "到海淀区，11月25日到" in laid_over
    assert "70.50" in laid_over.split('id="buybar-sum"')[1]
