"""A cooperative closes for some days: promises move, its goods stay readable and for sale."""

from datetime import date

import pytest

from marketplace.basket.contents import contents_of
from marketplace.offer.services import Person
from marketplace.partner.models import Partner
from marketplace.shipping.reach import reach_of
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import HAIDIAN, NOW, basket_with, order_for
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db

PATH = "/en/dashboard/c/mill/goods/closed/"


@pytest.fixture
def good():
    return ProductFactory(cooperative=CooperativeFactory(slug="mill"))


@pytest.fixture
def clerk(client, good):
    client.force_login(member_of(good.cooperative, "clerk", "clerk"))
    return client


def close(clerk, first="2026-11-24", last="2026-11-30"):
    return clerk.post(PATH, {"first": first, "last": last})


def days() -> tuple:
    return Partner.objects.values_list("closed_from", "closed_until").get()


def promised(good) -> date:
    basket = basket_with(good)
    shown = contents_of(basket=basket, region_code=HAIDIAN, person=Person(), now=NOW)
    [parcel] = reach_of(HAIDIAN).quote(shown.lines, NOW)
    return parcel.dispatch_on


def test_what_is_ordered_leaves_after_the_closed_days_and_what_was_ordered_keeps_its_day(
    clerk, good
):
    before = order_for(good).consignments.get()
    assert promised(good) == date(2026, 11, 24)
    assert close(clerk).status_code == 302
    assert promised(good) == date(2026, 12, 1)
    later = order_for(good).consignments.get()
    assert later.dispatch_on == date(2026, 12, 1)
    before.refresh_from_db()
    assert before.dispatch_on == date(2026, 11, 24)
    assert "Closed from 24 November 2026 until 30 November 2026" in (
        clerk.get("/en/dashboard/c/mill/goods/").content.decode()
    )
    clerk.post(PATH, {"reopen": "1"})
    assert days() == (None, None)
    assert promised(good) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-30", "2026-11-24", "It ends before it begins."),
        ("2026-11-01", "2026-11-22", "These days are over already."),
        ("2026-11-24", "2027-11-24", "At most 120 days at a time."),
        ("", "2026-11-30", "This field is required."),
        ("morgen", "2026-11-30", "Enter a valid date."),
        ("1999-01-01", "2026-11-30", "Choose a day between 2020 and 2099."),
    ],
)
def test_days_that_cannot_be_are_said_beside_their_field(clerk, first, last, words):
    page = close(clerk, first, last).content.decode()
    assert words in page
    assert f'value="{last}"' in page
    assert days() == (None, None)
