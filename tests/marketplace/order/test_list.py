"""My orders: one's own, newest first, in pages; nobody else's."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from marketplace.accounts.models import User
from marketplace.order.links import order_path
from marketplace.order.models import Order
from marketplace.order.services import mark_paid, place_order
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW, basket_with, order_for, purchase_of

pytestmark = pytest.mark.django_db
URL = "/en/account/orders/"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def user(client):
    user = User.objects.create_user("lilan@example.com")
    client.force_login(user)
    return user


def order_of(user, *wanted, now=NOW):
    basket = basket_with(*(wanted or [ProductFactory()]))
    return place_order(basket=basket, purchase=purchase_of(basket), user=user, now=now)


def test_each_order_says_where_it_is_when_it_was_placed_and_what_it_came_to(client, user):
    order = order_of(user, (ProductFactory(title_en="Oat flour", packs=[("39.00", 9, 2000)]), 2))
    page = client.get(URL).content.decode()
    assert "1 parcel, waiting for payment" in page
    assert "Held for you until 10:00" in page
    assert "Oat flour 2000 g" in page
    assert "23 November 2026" in page
    assert "¥86.00" in page
    with override("en"):
        assert f'href="{order_path(order)}"' in page
    mark_paid(order=order, now=NOW)
    assert "1 parcel, paid" in client.get(URL).content.decode()


def test_an_overdue_order_is_said_to_be_expired(client, user, time_machine):
    order_of(user)
    time_machine.move_to(NOW + timedelta(minutes=30), tick=False)
    page = client.get(URL).content.decode()
    assert "1 parcel, expired" in page
    assert "Held for you" not in page


def test_newest_first_and_in_pages(client, user):
    orders = [order_of(user, now=NOW + timedelta(minutes=n)) for n in range(11)]
    first = client.get(URL).content.decode()
    assert first.index(orders[10].number) < first.index(orders[1].number)
    assert orders[0].number not in first
    assert 'href="?page=2"' in first
    assert orders[0].number in client.get(URL + "?page=2").content.decode()


@pytest.mark.parametrize("page", ["0", "99", "两", "-1"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, user, page):
    order = order_of(user)
    response = client.get(URL, {"page": page})
    assert response.status_code == 200
    assert order.number in response.content.decode()


def test_orders_of_others_and_of_guests_are_never_there(client, user):
    other = order_of(User.objects.create_user("other@example.com"))
    guest = order_for()
    Order.objects.filter(pk=guest.pk).update(guest_email=user.email)
    page = client.get(URL).content.decode()
    assert other.number not in page
    assert guest.number not in page
    assert "Nothing ordered yet" in page


def test_who_is_not_signed_in_is_asked_to(client):
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"] == f"/en/account/login/?next={URL}"


def test_the_list_is_kept_by_nobody(client, user):
    assert "no-store" in client.get(URL)["Cache-Control"]


def test_the_account_page_leads_there(client, user):
    assert f'href="{URL}"' in client.get("/en/account/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(client, user, count, django_assert_num_queries):
    for _ in range(count):
        order_of(user, ProductFactory(cooperative=CooperativeFactory()), ProductFactory())
    client.get(URL)
    with django_assert_num_queries(6):
        page = client.get(URL).content.decode()
    assert page.count("¥52.00") == count
    assert Order.objects.first().total_incl_tax == Decimal("52.00")
