"""Who receives the order: a kept address, another one, a pasted one."""

import re

import pytest

from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.address.models import UserAddress
from marketplace.order.models import Order
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import HAIDIAN, YANQING
from tests.marketplace.checkout.page import (
    CONFIRM,
    assert_nothing_ordered,
    kept_at,
    typed,
)

pytestmark = pytest.mark.django_db


def test_a_user_begins_with_the_default_address_and_may_choose_another(client, fill, user):
    kept_at(user, "1号")
    second = kept_at(user, "2号")
    fill(ProductFactory())
    page = client.get(CONFIRM).content.decode()
    assert re.findall(r'name="address" value="(\w+)" checked', page) == [
        str(UserAddress.objects.get(is_default_for_shipping=True).pk)
    ]
    client.post(CONFIRM, typed(client, address=second.pk, recipient="", province=""))
    address = Order.objects.get().shipping_address
    assert (address.recipient, address.line1) == ("王芳", "2号")
    assert UserAddress.objects.count() == 2


@pytest.mark.parametrize("keep", [True, False])
def test_another_address_is_kept_only_when_that_is_ticked(client, fill, user, keep):
    kept_at(user, "1号")
    fill(ProductFactory())
    page = client.get(CONFIRM).content.decode()
    assert re.search(r'name="keep"', page)
    assert not re.search(r'name="keep"[^>]*checked', page)
    data = typed(client, address="another") | ({"keep": "on"} if keep else {})
    client.post(CONFIRM, data)
    assert Order.objects.get().shipping_address.recipient == "李岚"
    assert UserAddress.objects.filter(user=user).count() == (2 if keep else 1)


def test_a_guest_is_not_offered_to_have_the_address_kept(client, fill):
    fill(ProductFactory())
    page = client.get(CONFIRM).content.decode()
    assert 'name="keep"' not in page
    assert 'name="address"' not in page
    client.post(CONFIRM, typed(client, keep="on"))
    assert Order.objects.count() == 1
    assert not UserAddress.objects.exists()


@pytest.mark.parametrize("address", ["theirs", "0", "x", "", "9" * 400, "\x00"])
def test_an_address_that_is_not_ones_own_is_refused(client, fill, user, address):
    kept_at(user, "1号")
    theirs = kept_at(User.objects.create_user("wang@example.com"), "secret")
    fill(ProductFactory())
    sent = typed(client, address=theirs.pk if address == "theirs" else address)
    response = client.post(CONFIRM, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "This address is no longer kept. Choose another." in page
    assert "secret" not in page
    assert_nothing_ordered()


def test_goods_that_do_not_go_to_a_kept_address_are_named_beside_it(client, fill, user):
    far = kept_at(user, "1号", YANQING)
    product = ProductFactory(title_en="Lamb cubes", storage="chilled")
    product.districts.add(Region.objects.get(pk=HAIDIAN))
    fill(product)
    response = client.post(CONFIRM, typed(client, address=far.pk))
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'id="id_address_error".*?Lamb cubes: Not delivered there', page, re.DOTALL)
    assert_nothing_ordered()


def test_a_pasted_address_is_proposed_and_nothing_is_ordered(client, fill):
    fill(ProductFactory())
    pasted = "张三 13900001234 北京市海淀区中关村街道科学院南路3号"
    data = typed(client, next="paste", pasted=pasted)
    page = client.post(CONFIRM, data, headers={"HX-Request": "true"}).content.decode()
    assert 'id="address-fields"' in page
    assert 'value="张三"' in page
    assert 'value="13900001234"' in page
    assert '<aside class="summary" id="sum" hx-swap-oob="true">' in page
    assert_nothing_ordered()


def test_of_a_guest_only_the_district_stays_in_the_browser(client, fill):
    fill(ProductFactory())
    client.post(CONFIRM, typed(client))
    assert client.cookies["region"].value == HAIDIAN
    kept = " ".join(cookie.value for cookie in client.cookies.values())
    for word in ("李岚", "13800001234", "lilan", "单元"):
        assert word not in kept
    assert not client.session.keys()


@pytest.mark.parametrize("count", [1, 8])
def test_the_confirm_page_of_a_user_costs_the_same_for_any_length(
    client, fill, user, count, django_assert_max_num_queries
):
    for number in range(3):
        kept_at(user, f"{number}号")
    cooperatives = [CooperativeFactory() for _ in range(4)]
    fill(
        *(
            ProductFactory(cooperative=cooperatives[number % 4], storage="frozen")
            for number in range(count)
        )
    )
    client.get(CONFIRM)
    with django_assert_max_num_queries(25):
        page = client.get(CONFIRM).content.decode()
    assert page.count('class="packing__line') == count
