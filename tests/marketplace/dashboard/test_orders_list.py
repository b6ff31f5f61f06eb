"""The list of orders: what stands in a row, filters, search, pages, wrong input."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.dashboard import listing
from marketplace.order.models import Consignment, Order
from marketplace.order.services import mark_paid
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW, order_for

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/orders/"
NUMBER = re.compile(r'href="/en/dashboard/orders/(YS[0-9A-Z-]+)/"')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')


def numbers(office, **params) -> list[str]:
    """Of the orders shown, in their order."""
    response = office.get(LIST, params)
    assert response.status_code == 200
    return re.findall(r'href="/en/dashboard/orders/(YS[0-9A-Z-]+)/"', response.content.decode())


def paid(*wanted) -> Order:
    order = order_for(*wanted)
    mark_paid(order=order, now=NOW)
    return order


def mixed() -> Order:
    order = paid(ProductFactory(), ProductFactory(storage="frozen"))
    Consignment.objects.filter(order=order, storage="frozen").update(state="packed")
    return order


def placed(order: Order, **moved) -> Order:
    Order.objects.filter(pk=order.pk).update(date_placed=NOW - timedelta(**moved))
    return order


def test_a_row_says_state_number_time_masked_mobile_makers_and_sum(office):
    mill = CooperativeFactory(short_name_en="North Slope Mill")
    fold = CooperativeFactory(short_name_en="Blue Salt Slope")
    order = order_for(
        (ProductFactory(cooperative=mill, packs=[("39.00", 9, 2500)]), 2),
        ProductFactory(cooperative=fold, packs=[("1100.00", 9, 1500)]),
    )
    page = office.get(LIST).content.decode()
    for words in (
        "Awaiting payment",
        order.number,
        "23 November 09:30",
        "138****1234",
        "North Slope Mill",
        "Blue Salt Slope",
        f"¥{order.total_incl_tax:,.2f}",
    ):
        assert words in page
    assert "13800001234" not in page
    assert "1 order" in page


def test_newest_first(office):
    old, new, middle = (
        placed(order_for(), days=3),
        placed(order_for(), hours=1),
        placed(order_for(), days=1),
    )
    assert numbers(office) == [new.number, middle.number, old.number]


def test_the_state_of_an_order_is_that_of_its_parcels_or_mixed(office):
    waiting, done, both = order_for(), paid(), mixed()
    assert numbers(office, state="awaiting_payment") == [waiting.number]
    assert numbers(office, state="paid") == [done.number]
    assert numbers(office, state="mixed") == [both.number]
    assert numbers(office, state="packed") == []
    assert "Parcels differ" in office.get(LIST, {"state": "mixed"}).content.decode()


def test_what_was_not_paid_in_time_counts_as_expired_before_anybody_wrote_it_down(office):
    overdue, waiting = order_for(), order_for()
    now = timezone.now()
    Order.objects.filter(pk=overdue.pk).update(held_until=now - timedelta(seconds=1))
    Order.objects.filter(pk=waiting.pk).update(held_until=now + timedelta(minutes=5))
    assert numbers(office, state="expired") == [overdue.number]
    assert numbers(office, state="awaiting_payment") == [waiting.number]
    page = office.get(LIST).content.decode()
    assert dict(COUNT.findall(page)) == {"": "2", "awaiting_payment": "1", "expired": "1"}
    assert page.count("state--expired") == page.count("state--awaiting_payment") == 1


def test_each_state_says_how_many_of_the_orders_found_it_has(office):
    order_for()
    order_for()
    mixed()
    page = office.get(LIST).content.decode()
    counts = dict(
        re.findall(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<', page)
    )
    assert counts == {"": "3", "awaiting_payment": "2", "mixed": "1"}


def test_dates_count_in_whole_days_of_beijing(office):
    early = placed(order_for(), hours=9, minutes=30)
    late = placed(order_for(), hours=9, minutes=31)
    assert numbers(office, since="2026-11-23") == [early.number]
    assert numbers(office, until="2026-11-22") == [late.number]
    assert numbers(office, since="2026-11-22", until="2026-11-23") == [early.number, late.number]


def test_a_cooperative_finds_its_orders_with_all_their_makers(office):
    mill = CooperativeFactory()
    fold = CooperativeFactory()
    both = order_for(ProductFactory(cooperative=mill), ProductFactory(cooperative=fold))
    order_for(ProductFactory(cooperative=fold))
    assert numbers(office, cooperative=mill.slug) == [both.number]


def test_search_finds_by_number_mobile_and_mail(office):
    order = order_for()
    member = User.objects.create_user("wang@example.com", "x", phone="13911112222")
    other = order_for()
    other.shipping_address.phone_number = "+8613700000000"
    other.shipping_address.save()
    Order.objects.filter(pk=other.pk).update(user=member, guest_email="")
    for words in (order.number, order.number.lower(), f" {order.number[-6:]} ", "13800001234"):
        assert numbers(office, q=words) == [order.number], words
    assert numbers(office, q="+86 138-0000-1234") == [order.number]
    assert numbers(office, q="LiLan@example.com") == [order.number]
    for words in ("wang@example.com", "13911112222", "13700000000"):
        assert numbers(office, q=words) == [other.number], words


@pytest.mark.parametrize("words", ["1380000", "1234", "李岚", "lilan", "%", "_"])
def test_search_does_not_find_people_by_halves(office, words):
    order = order_for()
    Order.objects.filter(pk=order.pk).update(number="YS20990101-ABCDEF")
    assert numbers(office, q=words) == []


def test_nothing_yet_and_nothing_found_say_what_to_do(office):
    assert "No orders yet" in office.get(LIST).content.decode()
    order_for()
    page = office.get(LIST, {"q": "YS20000101-AAAAAA"}).content.decode()
    assert "No order fits" in page
    assert 'value="YS20000101-AAAAAA"' in page
    assert f'href="{LIST}"' in page


def test_pages_keep_what_was_chosen(office, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 4)
    for _ in range(5):
        order_for()
    first = office.get(LIST, {"state": "awaiting_payment"})
    assert (
        'href="/en/dashboard/orders/?state=awaiting_payment&amp;page=2"' in first.content.decode()
    )
    assert len(numbers(office, state="awaiting_payment")) == 4
    assert len(numbers(office, state="awaiting_payment", page="2")) == 1


@pytest.mark.parametrize("asked", ["abc", "0", "-1", "9", "1e9", "九", ""])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    order_for()
    response = office.get(LIST, {"page": asked, "state": "awaiting_payment"})
    assert (response.status_code, response["Location"]) == (302, f"{LIST}?state=awaiting_payment")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"since": "31.2."}, "Enter a valid date"),
        ({"until": "2026-02-31"}, "Enter a valid date"),
        ({"since": "2026-11-23", "until": "2026-11-22"}, "ends before it begins"),
        ({"cooperative": "x"}, "field--wrong"),
        ({"q": "x" * 10_000}, "field--wrong"),
        ({"q": "a\x00b"}, "field--wrong"),
        ({"since": "0001-01-01"}, "field--wrong"),
        ({"until": "9999-12-31"}, "field--wrong"),
    ],
)
def test_wrong_filters_are_said_beside_the_field_and_change_nothing(office, params, words):
    order = order_for()
    response = office.get(LIST, params)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert order.number in response.content.decode()


@pytest.mark.parametrize("state", ["x", "1", "", "paid\x00"])
def test_an_unknown_state_is_no_filter(office, state):
    assert numbers(office, state=state) == []
    assert numbers(office, state=order_for() and state) == [Order.objects.get().number]


@pytest.mark.parametrize("count", [1, 13])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for _ in range(count):
        order_for(ProductFactory(), ProductFactory())
    office.get(LIST)
    with django_assert_max_num_queries(12):
        assert len(numbers(office, state="awaiting_payment")) == count


def test_the_list_is_there_in_chinese(office):
    order_for()
    page = office.get("/dashboard/orders/").content.decode()
    assert '<html lang="zh-Hans"' in page
    assert "11月23日 09:30" in page
