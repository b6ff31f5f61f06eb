"""The basket page: what it shows of parcels, changes, saved goods and discounts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from catalog.origins.models import Region
from marketplace.basket.models import Basket, Line
from marketplace.offer.discounts import Discount, Discounts
from marketplace.partner.models import StockRecord
from marketplace.shipping.reach import Reach
from tests.factories import CooperativeFactory, ProductFactory, pack_of
from tests.factories.offers import offer_of, voucher_of
from tests.marketplace.buying import HAIDIAN, NOW

pytestmark = pytest.mark.django_db
ADD, BASKET = "/en/shop/basket/add/", "/en/shop/basket/"
IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def fill(client):
    def put(*wanted):
        for item in wanted:
            product, quantity = item if isinstance(item, tuple) else (item, 1)
            client.post(ADD, {"pack": pack_of(product).pk, "quantity": quantity})
        return Line.objects.order_by("pk").last()

    return put


@pytest.fixture
def parcel(monkeypatch):
    """Let every parcel have these facts."""

    def quote(**facts):
        def quoted(*asked):
            return [replace(parcel, **facts) for parcel in plain(*asked)]

        plain = Reach.quote
        monkeypatch.setattr(Reach, "quote", quoted)

    return quote


def address(name, *args):
    with override("en"):
        return reverse(f"basket:{name}", args=args)


def text_of(client, path=BASKET):
    return " ".join(client.get(path).content.decode().split())


def test_a_parcel_says_its_day_fee_and_what_would_make_it_cheaper(client, fill, parcel):
    fill(ProductFactory())
    parcel(arrives_on=date(2026, 11, 25), fee=Decimal("12.00"), to_free=Decimal("8.00"))
    assert "There on Wed 25 November · Delivery ¥12.00" in text_of(client)
    parcel(to_free=Decimal("8.00"))
    assert "¥8.00 more and delivery is free" in text_of(client)
    parcel(fee=Decimal("0.00"), free_from=Decimal("39.00"), to_free=None)
    assert "· Delivery ¥0.00 (from ¥39)" in text_of(client)
    parcel(notes=("Packed against frost.",))
    assert "Packed against frost." in text_of(client)


def test_the_sum_names_discounts_with_their_bearer_and_the_last_day(
    client, fill, parcel, monkeypatch
):
    line = fill((ProductFactory(packs=[("18.00", 99, 1000)]), 2))
    taken = Discount(1, None, "Autumn", "Borne by us", Decimal("6.00"), {line.pk: Decimal("6.00")})
    monkeypatch.setattr("marketplace.basket.contents.discounts_for", lambda **_: Discounts([taken]))
    parcel(arrives_on=date(2026, 11, 26))
    page = text_of(client)
    assert "<dt>Autumn (Borne by us)</dt><dd>−¥6.00</dd>" in page
    assert "<dt>The last of it arrives</dt><dd>Thursday, 26 November</dd>" in page
    assert '<span class="price__sign">¥</span>38.00' in page


def test_the_sum_says_where_it_all_goes(client, fill, monkeypatch):
    fill(ProductFactory())
    monkeypatch.setattr("marketplace.basket.views.page.region_code_of", lambda _: "110108012")
    page = text_of(client)
    assert "To Haidian District" in page
    assert 'href="/en/shop/destination/?next=%2Fen%2Fshop%2Fbasket%2F"' in page
    assert 'hx-trigger="region-changed from:body"' in page


def test_what_is_not_delivered_there_says_where_it_goes(client, fill):
    product = ProductFactory(storage="chilled")
    product.districts.add(Region.objects.get(pk=HAIDIAN))
    fill(product)
    page = text_of(client)
    assert "Not delivered there, only to: Haidian District." in page
    assert '<span class="parcel__when">Not sent there</span>' in page
    assert "/shop/checkout/" not in page


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("19.50", "¥18.00 a pack when you put it in, now ¥19.50: ¥1.50 more."),
        ("17.00", "¥18.00 a pack when you put it in, now ¥17.00: ¥1.00 less."),
    ],
)
def test_a_changed_price_is_shown_until_it_has_been_read(client, fill, price, words):
    line = fill(ProductFactory(packs=[("18.00", 99, 1000)]))
    assert "when you put it in" not in text_of(client)
    StockRecord.objects.update(price=price)
    for _ in range(2):
        assert words in text_of(client)
    for wrong in ("18.00", "", "x", "1e5", "NaN", "9" * 5000):
        client.post(address("accept", line.pk), {"price": wrong})
        assert words in text_of(client)
    client.post(address("accept", line.pk), {"price": price})
    assert "when you put it in" not in text_of(client)


def test_a_price_that_has_not_been_read_does_not_close_the_way_on(client, fill):
    fill(ProductFactory(packs=[("18.00", 99, 1000)]))
    StockRecord.objects.update(price="19.50")
    assert 'href="/en/shop/checkout/"' in text_of(client)


def test_less_stock_offers_the_number_that_is_left_and_it_is_taken(client, fill):
    line = fill((ProductFactory(packs=[("18.00", 9, 1000)]), 5))
    StockRecord.objects.update(num_in_stock=3)
    page = text_of(client)
    assert "Only 3 packs left." in page
    assert "Make it 3 packs" in page
    assert 'href="/en/shop/checkout/"' not in page
    client.post(address("set", line.pk), {"quantity": "3"})
    page = text_of(client)
    assert "Only 3 packs left." not in page
    assert 'href="/en/shop/checkout/"' in page


def test_a_minimum_and_a_step_that_came_later_are_said_with_the_numbers_that_fit(client, fill):
    product = ProductFactory(packs=[("18.00", 99, 1000)])
    fill((product, 4))
    product.children.update(minimum_quantity=10, quantity_step=5)
    assert "Make it 10 packs" in text_of(client)
    assert "Sold from 10 packs upwards, 5 at a time." in text_of(client)
    Line.objects.update(quantity=12)
    page = text_of(client)
    assert "Sold in steps of 5 packs: 10 or 15 would be possible." in page
    assert "Make it 10 packs" in page
    assert "Make it 15 packs" in page
    assert 'min="10" max="999" step="5"' in page


def test_a_saved_good_stands_apart_and_does_not_count(client, fill):
    line = fill((ProductFactory(title_en="Oat flour", packs=[("18.00", 99, 1000)]), 2))
    fill(ProductFactory(packs=[("20.00", 99, 1000)]))
    client.post(address("save", line.pk))
    page = text_of(client)
    assert "Saved for later" in page
    assert "Oat flour 1000g" in page.replace("1000 g", "1000g")
    assert "<dt>Goods, 1 pack</dt><dd>¥20.00</dd>" in page
    saved = Line.objects.get(saved=True)
    response = client.post(address("back", saved.pk), {"quantity": "2"}, headers=IN_PLACE)
    assert response["HX-Trigger"] == '{"basket-changed": {}}'
    assert "<dt>Goods, 3 packs</dt><dd>¥56.00</dd>" in text_of(client)


def test_only_saved_goods_leave_the_basket_empty_with_them_below(client, fill):
    line = fill(ProductFactory())
    client.post(address("save", line.pk))
    page = text_of(client)
    assert "Nothing in the basket yet" in page
    assert "Back to the basket" in page
    assert client.get("/en/shop/checkout/")["Location"] == BASKET


def test_a_saved_good_of_which_less_is_left_comes_back_with_that(client, fill):
    line = fill((ProductFactory(packs=[("18.00", 9, 1000)]), 5))
    client.post(address("save", line.pk))
    StockRecord.objects.update(num_in_stock=3)
    assert "Back to the basket, 3 packs" in text_of(client)
    saved = Line.objects.get()
    response = client.post(address("back", saved.pk), {"quantity": "4"})
    assert response.status_code == 422
    assert Line.objects.get().saved
    StockRecord.objects.update(num_in_stock=0)
    page = text_of(client)
    assert "Sold out." in page
    assert "Back to the basket" not in page


def test_a_saved_good_that_is_taken_out_can_be_saved_again(client, fill):
    product = ProductFactory()
    line = fill((product, 2))
    client.post(address("save", line.pk))
    response = client.post(address("remove", Line.objects.get().pk), follow=True)
    assert '<input type="hidden" name="later" value="1">' in response.content.decode()
    client.post(ADD, {"pack": pack_of(product).pk, "quantity": "2", "later": "1"})
    assert list(Line.objects.values_list("quantity", "saved")) == [(2, True)]


@pytest.mark.parametrize("typed", ["0", "-1", "1000000000", "两箱", ""])
def test_nonsense_brings_nothing_back(client, fill, typed):
    line = fill((ProductFactory(), 2))
    client.post(address("save", line.pk))
    response = client.post(address("back", Line.objects.get().pk), {"quantity": typed})
    assert response.status_code == 422
    assert list(Line.objects.values_list("quantity", "saved")) == [(2, True)]


@pytest.mark.parametrize("name", ["set", "remove", "save", "back", "accept"])
@pytest.mark.parametrize("saved", [True, False])
def test_foreign_lines_and_closed_baskets_are_not_found_and_stay(client, fill, name, saved):
    line = fill((ProductFactory(), 2))
    Line.objects.update(saved=saved)
    data = {"quantity": "3", "price": "18.00"}
    stranger = type(client)()
    assert stranger.post(address(name, line.pk), data).status_code == 404
    stranger.post(ADD, {"pack": pack_of(ProductFactory()).pk})
    assert stranger.post(address(name, line.pk), data).status_code == 404
    Basket.objects.update(status=Basket.SUBMITTED)
    assert client.post(address(name, line.pk), data).status_code == 404
    line.refresh_from_db()
    assert (line.quantity, line.saved) == (2, saved)


@pytest.mark.parametrize("name", ["save", "accept", "back"])
def test_a_change_needs_our_token_and_a_post(client, fill, name):
    line = fill((ProductFactory(packs=[("18.00", 99, 1000)]), 2))
    StockRecord.objects.update(price="19.00")
    assert client.get(address(name, line.pk))["Location"] == BASKET
    client.handler.enforce_csrf_checks = True
    data = {"quantity": "3", "price": "19.00"}
    assert client.post(address(name, line.pk), data).status_code == 403
    line.refresh_from_db()
    assert (line.quantity, line.saved, line.price_incl_tax) == (2, False, 18)


@pytest.mark.parametrize("count", [1, 8])
@pytest.mark.parametrize(("offers", "queries"), [(0, 8), (20, 11)])
def test_the_basket_page_costs_the_same_for_any_length(
    client, fill, count, offers, queries, django_assert_num_queries, time_machine
):
    """Of 15 allowed; the voucher costs one of them."""
    time_machine.move_to(NOW)
    makers = [CooperativeFactory() for _ in range(4)]
    fill(*(ProductFactory(cooperative=makers[n % 4]) for n in range(count)))
    if offers:
        voucher_of("SAVE5", off="0.10")
        Basket.objects.update(voucher_code="SAVE5")
    for number in range(offers):
        offer_of(off="0.05", cooperative=makers[number % 4])
    client.get(BASKET)
    with django_assert_num_queries(queries):
        page = text_of(client)
    assert page.count('class="line ') == count
