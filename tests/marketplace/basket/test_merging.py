"""Laying baskets together: what is summed, kept, capped, and what is said about it."""

import pytest

from marketplace.accounts.models import User
from marketplace.basket.merging import gather_baskets
from marketplace.basket.models import Basket, Line
from marketplace.basket.saving import save_line
from marketplace.basket.services import add_pack, find_basket, forget_merge
from marketplace.basket.visitor import Visitor
from marketplace.partner.models import StockRecord
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import DAY, NOW, basket_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create_user("lilan@example.com")


def basket_of(user, *wanted):
    basket = basket_with(*wanted)
    Basket.objects.filter(pk=basket.pk).update(owner=user)
    basket.refresh_from_db()
    return basket


def sign_in(user, *guests):
    first, *others = [basket.pk for basket in guests]
    return gather_baskets(visitor=Visitor(user.pk, first, tuple(others)), now=NOW)


def lines_of(basket):
    rows = Line.objects.filter(basket=basket).order_by("product__parent", "saved")
    return list(rows.values_list("product__parent", "quantity", "saved"))


def note(product, own, guest, now):
    return {"pack": pack_of(product).pk, "own": own, "guest": guest, "now": now}


def test_quantities_are_summed_and_the_rest_comes_along_and_it_is_written_down(user):
    both, mine, theirs = (ProductFactory() for _ in range(3))
    own = basket_of(user, (both, 2), (mine, 1))
    guest = basket_with((both, 3), (theirs, 4))
    assert sign_in(user, guest) == own
    assert lines_of(own) == [(both.pk, 5, False), (mine.pk, 1, False), (theirs.pk, 4, False)]
    own.refresh_from_db()
    assert own.merge_notes == [note(both, 2, 3, 5), note(theirs, 0, 4, 4)]
    guest.refresh_from_db()
    assert (guest.status, guest.date_merged, lines_of(guest)) == (Basket.MERGED, NOW, [])


def test_into_no_basket_or_an_empty_one_goods_come_without_many_words(user):
    product = ProductFactory()
    own = sign_in(user, basket_with((product, 3)))
    assert own.owner == user
    assert (lines_of(own), own.merge_notes) == ([(product.pk, 3, False)], [])


@pytest.mark.parametrize(
    ("own", "guest", "free", "least", "step", "now"),
    [
        (2, 3, 4, 1, 1, 4),
        (600, 600, 2000, 1, 1, 999),
        (10, 10, 100, 10, 5, 20),
        (10, 10, 18, 10, 5, 15),
        (3, 3, 100, 3, 2, 5),
    ],
)
def test_the_sum_is_capped_at_what_may_be_bought(user, own, guest, free, least, step, now):
    product = ProductFactory(packs=[("18.00", 2000, 1000)])
    product.children.update(minimum_quantity=least, quantity_step=step)
    mine, before = basket_of(user, (product, own)), basket_with((product, guest))
    StockRecord.objects.update(num_in_stock=free)
    sign_in(user, before)
    mine.refresh_from_db()
    assert lines_of(mine) == [(product.pk, now, False)]
    assert mine.merge_notes == [note(product, own, guest, now)]


def test_what_cannot_be_bought_now_is_kept(user):
    sold_out, withdrawn = ProductFactory(), ProductFactory()
    own = basket_of(user, (sold_out, 2))
    guest = basket_with((sold_out, 3), (withdrawn, 1))
    StockRecord.objects.filter(product=pack_of(sold_out)).update(num_in_stock=0)
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(is_public=False)
    sign_in(user, guest)
    assert lines_of(own) == [(sold_out.pk, 5, False), (withdrawn.pk, 1, False)]


def test_what_is_saved_stays_saved_and_is_summed_too(user):
    product = ProductFactory()
    own, guest = basket_of(user, (product, 2)), basket_with((product, 3))
    save_line(basket=own, line_id=own.lines.get().pk)
    save_line(basket=guest, line_id=guest.lines.get().pk)
    add_pack(basket=guest, pack=pack_of(product), quantity=1, day=DAY)
    sign_in(user, guest)
    assert lines_of(own) == [(product.pk, 1, False), (product.pk, 5, True)]


def test_the_users_price_stays_the_one_they_know(user):
    product = ProductFactory(packs=[("18.00", 100, 1000)])
    own = basket_of(user, (product, 1))
    StockRecord.objects.update(price="19.00")
    sign_in(user, basket_with((product, 1)))
    assert own.lines.get().old_price == 18


@pytest.mark.parametrize(
    ("own", "guest", "kept"), [("", "G", "G"), ("O", "G", "O"), ("O", "", "O"), ("", "", "")]
)
def test_a_voucher_is_taken_over_where_the_user_has_none(user, own, guest, kept):
    mine, before = basket_of(user, ProductFactory()), basket_with(ProductFactory())
    Basket.objects.filter(pk=mine.pk).update(voucher_code=own)
    Basket.objects.filter(pk=before.pk).update(voucher_code=guest)
    sign_in(user, before)
    mine.refresh_from_db()
    assert mine.voucher_code == kept


def test_the_second_time_nothing_is_left_to_do(user):
    product = ProductFactory()
    own, guest = basket_of(user, (product, 2)), basket_with((product, 3))
    for _ in range(3):
        assert sign_in(user, guest) == own
    own.refresh_from_db()
    assert lines_of(own) == [(product.pk, 5, False)]
    assert own.merge_notes == [note(product, 2, 3, 5)]


def test_a_foreign_users_and_an_ordered_basket_stay_as_they_are(user):
    product = ProductFactory()
    other = basket_of(User.objects.create_user("wang@example.com"), (product, 2))
    ordered = basket_with((product, 3))
    Basket.objects.filter(pk=ordered.pk).update(status=Basket.SUBMITTED)
    own = sign_in(user, other, ordered)
    assert lines_of(own) == []
    assert (lines_of(other), lines_of(ordered)) == (
        [(product.pk, 2, False)],
        [(product.pk, 3, False)],
    )


def test_two_baskets_of_one_guest_become_the_older_one_without_words():
    product, more = ProductFactory(), ProductFactory()
    older, newer = basket_with((product, 1)), basket_with((product, 1), (more, 2))
    visitor = Visitor(None, older.pk, (newer.pk,))
    assert find_basket(visitor=visitor) == older
    assert find_basket(visitor=visitor).merge_notes == []
    assert lines_of(older) == [(product.pk, 2, False), (more.pk, 2, False)]
    newer.refresh_from_db()
    assert newer.status == Basket.MERGED
    assert find_basket(visitor=Visitor(None, newer.pk)) is None


def test_what_was_read_is_forgotten(user):
    product = ProductFactory()
    own = basket_of(user, (product, 2))
    sign_in(user, basket_with((product, 3)))
    forget_merge(basket=own)
    own.refresh_from_db()
    assert own.merge_notes == []


@pytest.mark.parametrize("count", [1, 3])
def test_merging_costs_the_same_for_any_length(user, count, django_assert_num_queries):
    goods = [ProductFactory() for _ in range(count)]
    basket_of(user, *goods)
    guest = basket_with(*goods, *(ProductFactory() for _ in range(count)))
    with django_assert_num_queries(11):
        sign_in(user, guest)
