"""The number in the header."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from marketplace.accounts.models import User
from marketplace.basket.models import Basket
from marketplace.basket.saving import save_line
from marketplace.basket.services import count_for
from marketplace.basket.visitor import remember
from tests.factories import ProductFactory
from tests.marketplace.buying import basket_with

pytestmark = pytest.mark.django_db


def request_of(*baskets, user=None):
    """A request of the guest, or of the user, whose browser keeps the baskets' cookies."""
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    for basket in baskets:
        response = HttpResponse()
        remember(response, basket)
        request.COOKIES |= {name: morsel.value for name, morsel in response.cookies.items()}
    return request


def test_a_visitor_without_a_basket_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_for(request_of()) == 0
    assert not Basket.objects.exists()


def test_packs_of_all_lines_are_counted_in_one_query(django_assert_num_queries):
    basket = basket_with((ProductFactory(), 2), (ProductFactory(), 3))
    with django_assert_num_queries(1):
        assert count_for(request_of(basket)) == 5


def test_a_user_is_shown_their_own_basket_and_none_is_made(django_assert_num_queries):
    user = User.objects.create_user("lilan@example.com")
    assert count_for(request_of(user=user)) == 0
    assert not Basket.objects.exists()
    basket = basket_with((ProductFactory(), 2))
    Basket.objects.filter(pk=basket.pk).update(owner=user)
    with django_assert_num_queries(1):
        assert count_for(request_of(user=user)) == 2


def test_an_ordered_basket_no_longer_counts():
    basket = basket_with((ProductFactory(), 2))
    Basket.objects.update(status=Basket.SUBMITTED)
    assert count_for(request_of(basket)) == 0


def test_what_is_saved_for_later_does_not_count(django_assert_num_queries):
    basket = basket_with((ProductFactory(), 2), (ProductFactory(), 3))
    save_line(basket=basket, line_id=basket.lines.order_by("pk").first().pk)
    with django_assert_num_queries(1):
        assert count_for(request_of(basket)) == 3


def test_two_baskets_of_one_guest_count_together_in_one_query(django_assert_num_queries):
    request = request_of(basket_with((ProductFactory(), 2)), basket_with((ProductFactory(), 5)))
    with django_assert_num_queries(1):
        assert count_for(request) == 7


def test_a_foreign_cookie_name_counts_for_nothing():
    request = request_of()
    request.COOKIES["basket-1"] = "1"
    assert count_for(request) == 0
