"""Many buyers with one voucher or offer at the same moment: no use too many, none lost."""

from functools import partial

import pytest
from django.db import transaction

from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.offer.services import OfferGone, Person, return_uses, take_uses
from marketplace.voucher.models import Voucher, VoucherUse
from marketplace.voucher.refusals import VoucherRefused
from marketplace.voucher.services import end_voucher
from tests.factories.offers import offer_of, voucher_of
from tests.marketplace.buying import NOW
from tests.marketplace.offer.using import GUEST, discounts_of, person
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def take(order_id, discounts, who):
    with transaction.atomic():
        take_uses(order_id=order_id, discounts=discounts, person=who, now=NOW)
    return "taken"


def give_up(order_id):
    with transaction.atomic():
        return_uses(order_id=order_id)
    return "returned"


def kinds(results):
    return sorted(
        result if isinstance(result, str) else type(result).__name__ for result in results
    )


def check_counters():
    """Each counter equals the number of its rows."""
    for voucher in Voucher.objects.all():
        assert voucher.uses == VoucherUse.objects.filter(voucher=voucher).count()
    for offer in ConditionalOffer.objects.limited():
        assert offer.num_applications == OfferUse.objects.filter(offer=offer).count()


@pytest.mark.parametrize("turn", ROUNDS)
def test_8_persons_use_the_last_use_of_a_voucher_once(turn):
    voucher = voucher_of(limit_total=1)
    discounts = discounts_of(voucher)
    results = at_once([partial(take, n, discounts, person(n)) for n in range(8)])
    assert kinds(results) == ["VoucherRefused"] * 7 + ["taken"]
    voucher.refresh_from_db()
    assert (voucher.uses, OfferUse.objects.count()) == (1, 1)
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_person_8_times_at_once_uses_a_voucher_once(turn, django_user_model):
    user = django_user_model.objects.create_user("lilan@example.com")
    voucher = voucher_of()
    discounts = discounts_of(voucher)
    whos = [Person(None, GUEST.mobile), Person(user.pk, GUEST.mobile)] * 4
    results = at_once([partial(take, n, discounts, who) for n, who in enumerate(whos)])
    assert kinds(results) == ["VoucherRefused"] * 7 + ["taken"]
    voucher.refresh_from_db()
    assert (voucher.uses, OfferUse.objects.count()) == (1, 1)
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_8_orders_use_the_last_use_of_an_offer_once(turn):
    offer = offer_of(limit_total=1)
    discounts = discounts_of(offer)
    results = at_once([partial(take, n, discounts, person(n)) for n in range(8)])
    assert kinds(results) == ["OfferGone"] * 7 + ["taken"]
    check_counters()
    assert OfferUse.objects.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_offers_and_vouchers_in_opposite_order_do_not_block_each_other(turn):
    offers = [offer_of(limit_total=6) for _ in range(4)]
    vouchers = [voucher_of(f"YSJ{n}", limit_total=6) for n in range(2)]
    calls = []
    for number in range(16):
        rows = [*(offers if number % 2 else reversed(offers)), vouchers[number % 2]]
        calls.append(partial(take, number, discounts_of(*rows), person(number)))
    results = at_once(calls)
    assert kinds(results) == ["OfferGone"] * 10 + ["taken"] * 6
    assert VoucherUse.objects.count() == 6
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_use_that_is_given_back_8_times_comes_back_once(turn):
    offer, voucher = offer_of(limit_total=2), voucher_of(limit_total=2)
    discounts = discounts_of(offer, voucher)
    for number in range(2):
        take(number, discounts, person(number))
    assert kinds(at_once([partial(give_up, 0)] * 8)) == ["returned"] * 8
    voucher.refresh_from_db()
    assert (voucher.uses, VoucherUse.objects.get().order_id) == (1, 1)
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_uses_taken_while_others_come_back_are_never_too_many(turn):
    offer, voucher = offer_of(limit_total=4), voucher_of(limit_total=4)
    discounts = discounts_of(offer, voucher)
    for number in range(4):
        take(number, discounts, person(number))
    gifts = [partial(give_up, number) for number in range(4)] * 2
    wishes = [partial(take, n, discounts, person(n)) for n in range(10, 18)]
    results = at_once([call for pair in zip(gifts, wishes, strict=True) for call in pair])
    taken = results.count("taken")
    assert 0 <= taken <= 4
    assert {type(r) for r in results} <= {str, VoucherRefused, OfferGone}
    voucher.refresh_from_db()
    assert (voucher.uses, OfferUse.objects.count()) == (taken, 2 * taken)
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_voucher_that_is_ended_while_it_is_used_is_used_or_refused(turn):
    voucher = voucher_of()
    discounts = discounts_of(voucher)
    end = partial(end_voucher, voucher=voucher, by=None, now=NOW)
    results = at_once([end, *(partial(take, n, discounts, person(n)) for n in range(7))])
    assert {type(result) for result in results[1:]} <= {str, VoucherRefused}
    check_counters()
