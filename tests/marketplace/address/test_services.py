"""Kept addresses: one default, no doubles, a limit, and nobody else's."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.address.models import UserAddress
from marketplace.address.refusals import MOST_KEPT, AlreadyKept, TooManyAddresses
from marketplace.address.services import (
    Destination,
    change_address,
    destination_of,
    drop_address,
    keep_address,
    make_default,
)
from tests.marketplace.buying import HAIDIAN, YANQING, street_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create_user("lilan@example.com")


def to(detail="3号楼2单元", mobile="13800001234", district=HAIDIAN, recipient="李岚"):
    return Destination(recipient, mobile, street_in(district), detail)


def keep(user, *details):
    return [keep_address(user=user, destination=to(detail)) for detail in details]


def defaults(user):
    chosen = UserAddress.objects.filter(user=user, is_default_for_shipping=True)
    return list(chosen.values_list("line1", flat=True))


def test_the_first_address_is_the_default_and_the_next_is_not(user):
    keep(user, "1号", "2号")
    assert defaults(user) == ["1号"]


def test_an_address_comes_back_as_it_was_kept(user):
    keep_address(user=user, destination=to())
    kept = UserAddress.objects.kept_by(user).get()
    assert destination_of(kept) == to()
    assert kept.summary == f"北京市海淀区{street_in().name}3号楼2单元"


def test_the_same_door_is_kept_once_and_gets_the_new_number(user):
    keep_address(user=user, destination=to())
    keep_address(user=user, destination=to(mobile="13900001234"))
    kept = UserAddress.objects.get()
    assert kept.mobile == "13900001234"
    assert kept.is_default_for_shipping


def test_no_more_than_the_limit_are_kept(user):
    keep(user, *(f"{number}号" for number in range(MOST_KEPT)))
    with pytest.raises(TooManyAddresses):
        keep_address(user=user, destination=to("one more"))
    assert UserAddress.objects.count() == MOST_KEPT


def test_another_one_becomes_the_default_instead(user):
    _, second = keep(user, "1号", "2号")
    make_default(user=user, address_id=second.pk)
    assert defaults(user) == ["2号"]


def test_the_newest_follows_a_default_that_is_deleted(user):
    first, *_ = keep(user, "1号", "2号", "3号")
    drop_address(user=user, address_id=first.pk)
    assert defaults(user) == ["3号"]


def test_deleting_another_than_the_default_leaves_it(user):
    _, second = keep(user, "1号", "2号")
    drop_address(user=user, address_id=second.pk)
    assert defaults(user) == ["1号"]


def test_a_change_writes_the_whole_place_anew(user):
    (first,) = keep(user, "1号")
    change_address(user=user, address_id=first.pk, destination=to("9号", district=YANQING))
    kept = UserAddress.objects.get()
    assert kept.summary == f"北京市延庆区{street_in(YANQING).name}9号"
    assert kept.is_default_for_shipping


def test_a_change_into_another_kept_address_is_refused(user):
    first, _ = keep(user, "1号", "2号")
    with pytest.raises(AlreadyKept):
        change_address(user=user, address_id=first.pk, destination=to("2号"))
    assert set(UserAddress.objects.values_list("line1", flat=True)) == {"1号", "2号"}


def test_anothers_address_is_not_there(user):
    other = User.objects.create_user("wang@example.com")
    (theirs,) = keep(other, "1号")
    for write, more in [
        (change_address, {"destination": to("2号")}),
        (make_default, {}),
        (drop_address, {}),
    ]:
        with pytest.raises(UserAddress.DoesNotExist):
            write(user=user, address_id=theirs.pk, **more)
    assert UserAddress.objects.get().line1 == "1号"


def test_the_database_holds_one_default_for_each_user(user):
    keep(user, "1号", "2号")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserAddress.objects.update(is_default_for_shipping=True)
    assert defaults(user) == ["1号"]
