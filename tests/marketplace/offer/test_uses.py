"""Uses of vouchers and offers: counted once per order, given back once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from marketplace.offer.campaigns import end_offer
from marketplace.offer.discounts import Discounts
from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.offer.services import OfferGone, Person, return_uses, take_uses
from marketplace.voucher.models import Voucher, VoucherUse
from marketplace.voucher.refusals import VoucherRefused
from marketplace.voucher.services import end_voucher
from tests.factories.offers import ENDS, offer_of, voucher_of
from tests.marketplace.buying import NOW, in_english
from tests.marketplace.offer.using import GUEST, discounts_of, person

pytestmark = pytest.mark.django_db


def take(order_id, *rows, who=GUEST, now=NOW):
    """In a transaction of its own, which a refusal rolls back."""
    with transaction.atomic():
        take_uses(order_id=order_id, discounts=discounts_of(*rows), person=who, now=now)


def counters():
    vouchers = list(Voucher.objects.order_by("pk").values_list("uses", flat=True))
    offers = ConditionalOffer.objects.order_by("pk").values_list("num_applications", flat=True)
    uses = (VoucherUse.objects.count(), OfferUse.objects.count())
    return vouchers, list(offers), uses


def test_an_order_uses_its_voucher_and_its_offers(django_user_model):
    user = django_user_model.objects.create_user("lilan@example.com")
    limited, free, voucher = offer_of(limit_total=5), offer_of(), voucher_of()
    take(7, limited, free, voucher, who=Person(user.pk, "13800001234"))
    assert counters() == ([1], [1, 0, 0], (1, 3))
    use = VoucherUse.objects.get()
    assert (use.order_id, use.user, use.mobile) == (7, user, "13800001234")
    assert set(OfferUse.objects.values_list("order_id", "amount")) == {(7, Decimal("8.00"))}


def test_without_discounts_nothing_is_counted(django_assert_num_queries):
    with django_assert_num_queries(0):
        take_uses(order_id=7, discounts=Discounts(), person=GUEST, now=NOW)


def test_an_order_takes_a_bounded_number_of_queries(django_assert_num_queries):
    found = discounts_of(offer_of(limit_total=9), offer_of(), offer_of(), voucher_of())
    with transaction.atomic(), django_assert_num_queries(7):
        take_uses(order_id=7, discounts=found, person=GUEST, now=NOW)


def test_the_last_use_is_the_last():
    voucher = voucher_of(limit_total=1)
    take(7, voucher, who=person(1))
    with pytest.raises(VoucherRefused) as refused:
        take(8, voucher, who=person(2))
    assert in_english(refused.value) == "This voucher has been used up."
    assert refused.value.line is None
    assert counters() == ([1], [0], (1, 1))


def test_one_person_uses_it_as_often_as_allowed():
    voucher = voucher_of(limit_per_person=2)
    take(7, voucher)
    take(8, voucher)
    with pytest.raises(VoucherRefused):
        take(9, voucher)
    take(9, voucher, who=person(2))
    assert counters() == ([3], [0], (3, 3))


def test_without_limits_anybody_uses_it_again_and_again():
    voucher = voucher_of(limit_per_person=None)
    for order_id in (7, 8, 9):
        take(order_id, voucher)
    assert counters() == ([3], [0], (3, 3))


def test_user_and_guest_with_one_mobile_are_one_person(django_user_model):
    user = django_user_model.objects.create_user("lilan@example.com")
    voucher = voucher_of()
    take(7, voucher, who=Person(user.pk, "13800001234"))
    for again in (Person(None, "13800001234"), Person(user.pk, "13900000000")):
        with pytest.raises(VoucherRefused) as refused:
            take(8, voucher, who=again)
        assert in_english(refused.value) == "You have used this voucher already."
    assert counters() == ([1], [0], (1, 1))


def test_two_guests_without_a_mobile_are_two():
    voucher = voucher_of()
    take(7, voucher, who=Person())
    take(8, voucher, who=Person())
    assert counters() == ([2], [0], (2, 2))


def test_a_voucher_that_ended_meanwhile_is_refused():
    voucher = voucher_of()
    end_voucher(voucher=voucher, by=None, now=NOW)
    with pytest.raises(VoucherRefused) as refused:
        take(7, voucher)
    assert in_english(refused.value) == "This voucher ended on 23 November 2026."
    assert counters() == ([0], [0], (0, 0))


def test_an_offer_that_ended_meanwhile_is_refused_and_the_voucher_not_used():
    offer, voucher = offer_of(name="云麦垛满减"), voucher_of()
    end_offer(offer=offer, by=None, now=NOW)
    with pytest.raises(OfferGone) as refused:
        take(7, offer, voucher)
    assert in_english(refused.value) == "“云麦垛满减” has ended. Please look at the sum once more."
    assert refused.value.line is None
    assert counters() == ([0], [0, 0], (0, 0))


def test_an_offer_without_uses_left_is_refused():
    offer = offer_of(limit_total=1)
    take(7, offer)
    with pytest.raises(OfferGone):
        take(8, offer)
    assert counters() == ([], [1], (0, 1))


def test_an_order_that_is_given_up_gives_its_uses_back_once():
    limited, free, voucher = offer_of(limit_total=1), offer_of(), voucher_of(limit_total=1)
    take(7, limited, free, voucher)
    return_uses(order_id=7)
    assert counters() == ([0], [0, 0, 0], (0, 0))
    return_uses(order_id=7)
    assert counters() == ([0], [0, 0, 0], (0, 0))
    take(8, limited, free, voucher)
    assert counters() == ([1], [1, 0, 0], (1, 3))


def test_giving_back_leaves_other_orders_alone():
    limited, voucher = offer_of(limit_total=9), voucher_of(limit_per_person=None)
    take(7, limited, voucher)
    take(8, limited, voucher)
    return_uses(order_id=7)
    assert counters() == ([1], [1, 0], (1, 2))
    assert VoucherUse.objects.get().order_id == 8


def test_an_order_without_uses_gives_nothing_back():
    voucher = voucher_of()
    take(7, voucher)
    return_uses(order_id=8)
    assert counters() == ([1], [0], (1, 1))


def test_uses_come_back_after_the_voucher_ended():
    voucher = voucher_of()
    take(7, voucher)
    end_voucher(voucher=voucher, by=None, now=NOW)
    return_uses(order_id=7)
    assert counters() == ([0], [0], (0, 0))


def test_uses_of_an_offer_that_ran_out_come_back():
    offer = offer_of(limit_total=1)
    take(7, offer)
    return_uses(order_id=7)
    take(8, offer, now=ENDS - timedelta(seconds=1))
    assert counters() == ([], [1], (0, 1))
