"""What the confirm page refuses, where it says so, and that nothing is ordered then."""

import re

import pytest

from catalog.origins.models import Region
from marketplace.basket.models import Line
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests.factories import ProductFactory
from tests.marketplace.buying import HAIDIAN, YANQING, street_in
from tests.marketplace.checkout.page import (
    CONFIRM,
    HIDDEN,
    assert_nothing_ordered,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("recipient", " ", "Please write who receives it."),
        ("mobile", "", "Enter an 11-digit mobile number."),
        ("mobile", "1380000123", "Enter an 11-digit mobile number."),
        ("mobile", "二三四五六七八", "Enter an 11-digit mobile number."),
        ("mobile", "23800001234", "Enter an 11-digit mobile number."),
        ("email", "", "Please write an e-mail address"),
        ("email", "lilan", "This does not look like an e-mail address."),
        ("district", "", "Please choose a district."),
        ("province", "", "Please choose a province."),
        ("province", "999999", "Please choose one from this list."),
        ("district", "999999", "Please choose one from this list."),
        ("district", "150125", "Please choose one from this list."),
        ("street", "", "Please choose a street or township."),
        ("street", "110101001", "Please choose one from this list."),
        ("street", "x' OR 1=1", "Please choose one from this list."),
        ("detail", "", "Please write road, building and door number."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(
    client, fill, field, value, words
):
    fill(ProductFactory(storage="frozen"))
    response = client.post(CONFIRM, typed(client, **{field: value}))
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(rf'id="id_{field}_error".*?{re.escape(words)}', page, re.DOTALL)
    assert ('value="李岚"' in page) == (field != "recipient")
    assert re.search(r'name="consent_\d+"[^>]*checked', page)
    assert_nothing_ordered()


@pytest.mark.parametrize("mobile", ["138-0000-1234", "+86 138 0000 1234", "１３８００００１２３４"])
def test_a_mobile_number_is_read_however_it_is_written(client, fill, mobile):
    fill(ProductFactory())
    client.post(CONFIRM, typed(client, mobile=mobile))
    assert Order.objects.get().shipping_address.mobile == "13800001234"


@pytest.mark.parametrize("field", ["recipient", "detail", "email", "mobile"])
@pytest.mark.parametrize("value", ["长" * 5000, "a\x00b", "🐑" * 200])
def test_monstrous_input_is_refused_in_words(client, fill, field, value):
    fill(ProductFactory())
    assert client.post(CONFIRM, typed(client, **{field: value})).status_code == 422
    assert_nothing_ordered()


def test_a_perishable_that_is_not_ticked_is_asked_for(client, fill):
    fill(ProductFactory(storage="frozen"), ProductFactory(storage="chilled"))
    data = typed(client)
    missing = next(name for name in data if name.startswith("consent_"))
    del data[missing]
    response = client.post(CONFIRM, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("confirm-row--missing") == 1
    assert f'id="id_{missing}_error"' in page
    assert_nothing_ordered()


def test_goods_that_do_not_go_to_the_district_are_named_beside_it(client, fill):
    product = ProductFactory(title_en="Lamb cubes", storage="chilled")
    product.districts.add(Region.objects.get(pk=HAIDIAN))
    fill(product)
    street = street_in(YANQING).pk
    response = client.post(CONFIRM, typed(client, district=YANQING, street=street))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Lamb cubes: Not delivered there, only to: Haidian District." in page
    assert_nothing_ordered()


@pytest.mark.parametrize("token", ["", "short", "x" * 32, "0" * 5000, "'; DROP"])
def test_a_token_that_is_not_ours_gets_a_new_page_and_no_order(client, fill, token):
    fill(ProductFactory())
    response = client.post(CONFIRM, typed(client, submission_token=token))
    page = response.content.decode()
    assert response.status_code == 422
    assert "This page was too old. Please send it once more." in page
    assert re.fullmatch("[0-9a-f]{32}", dict(HIDDEN.findall(page))["submission_token"])
    assert_nothing_ordered()


@pytest.mark.parametrize("shown", ["25.99", "0.01", "1e9"])
def test_a_sum_that_was_not_shown_is_not_ordered(client, fill, shown):
    fill(ProductFactory(packs=[("18.00", 20, 1000)]))
    response = client.post(CONFIRM, typed(client, shown_total=shown))
    page = response.content.decode()
    assert response.status_code == 409
    assert "The total has changed meanwhile." in page
    assert dict(HIDDEN.findall(page))["shown_total"] == "26.00"
    assert_nothing_ordered()


@pytest.mark.parametrize("shown", ["", "x", "NaN", "-1", "26.001", "9" * 400])
def test_a_page_that_shows_no_sum_is_sent_once_more(client, fill, shown):
    fill(ProductFactory())
    response = client.post(CONFIRM, typed(client, shown_total=shown))
    assert response.status_code == 422
    assert "This page was too old. Please send it once more." in response.content.decode()
    assert_nothing_ordered()


@pytest.mark.parametrize("seen", ["", "1x0.01", "9x18.00", "0x0", "x", "1xNaN", "1x1e5"])
def test_an_amount_that_was_not_shown_is_not_ordered(client, fill, seen):
    fill(ProductFactory(packs=[("18.00", 20, 1000)]))
    line = Line.objects.get()
    response = client.post(CONFIRM, typed(client, **{f"seen_{line.pk}": seen}))
    assert response.status_code == 409
    assert_nothing_ordered()


def test_a_price_that_changed_is_shown_beside_the_line_and_taken_at_the_second_go(client, fill):
    fill(ProductFactory(packs=[("18.00", 20, 1000)]))
    data = typed(client)
    StockRecord.objects.update(price="20.00")
    response = client.post(CONFIRM, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "The price is now ¥20.00." in page
    assert "¥28.00" in page
    assert_nothing_ordered()
    client.post(CONFIRM, data | dict(HIDDEN.findall(page)))
    assert Order.objects.get().total_incl_tax == 28


def test_what_sold_out_meanwhile_is_named_and_closes_the_button(client, fill):
    fill(ProductFactory(packs=[("18.00", 5, 1000)]), ProductFactory())
    data = typed(client)
    StockRecord.objects.filter(num_in_stock=5).update(num_in_stock=0)
    response = client.post(CONFIRM, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Sold out." in page
    assert re.search(r'class="button button--wide" disabled', page)
    assert_nothing_ordered()


def test_a_withdrawn_good_is_named(client, fill):
    product = ProductFactory()
    fill(product)
    data = typed(client)
    type(product).objects.update(is_public=False)
    response = client.post(CONFIRM, data)
    assert response.status_code == 409
    assert "No longer for sale." in response.content.decode()
    assert_nothing_ordered()
