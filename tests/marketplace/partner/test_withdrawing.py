"""The market takes a good off sale and puts it back: nothing else does, and people are told why."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.compliance import recompute_sellable
from catalog.models import Product, Withdrawal
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper, Membership
from marketplace.accounts.models import User
from marketplace.basket.contents import contents_of
from marketplace.offer.services import Person
from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.partner.refusals import NotForSale
from marketplace.partner.withdrawing import NotAsShown, restore_good, withdraw_good
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import DAY, NOW, basket_with, place, purchase_of, stock

pytestmark = pytest.mark.django_db
WHY = "标签上的生产日期有误。"


@pytest.fixture
def good():
    """With the one paper that processed food needs."""
    maker = CooperativeFactory()
    paper = Paper.objects.create(
        kind="food_production_licence", number="SC1", issuer="i", holder="h",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    CooperativePaper.objects.create(cooperative=maker, paper=paper)
    return ProductFactory(cooperative=maker)


def off(good, reason=WHY):
    return withdraw_good(product_id=good.pk, reason=reason, by=None, now=NOW)


def back(good, reason="标签已改。"):
    return restore_good(product_id=good.pk, reason=reason, by=None, now=NOW)


def dates(good):
    good.refresh_from_db()
    return good.sellable_from, good.sellable_until


def test_a_withdrawn_good_is_neither_shown_nor_sold_and_comes_back_whole(good, client):
    off(good)
    assert dates(good) == (None, None)
    assert not Product.objects.for_sale(DAY).exists()
    page = client.get(f"/en{good.get_absolute_url()}")
    assert page.status_code == 404
    assert "The market is looking into it" in page.content.decode()
    back(good)
    assert dates(good) == (date(2020, 1, 1), date(9999, 12, 31))
    assert Product.objects.for_sale(DAY).get() == good
    assert good.withdrawal is None


def test_no_paper_that_is_renewed_puts_it_back(good):
    off(good)
    recompute_sellable(product=good, day=DAY)
    assert dates(good) == (None, None)


def test_put_back_it_is_sold_only_as_far_as_its_papers_go(good):
    off(good)
    CooperativePaper.objects.all().delete()
    back(good)
    assert dates(good) == (None, None)


def test_what_lies_in_a_basket_is_said_to_be_no_longer_for_sale(good):
    basket = basket_with(good)
    purchase = purchase_of(basket)
    off(good)
    [line] = contents_of(basket=basket, region_code="", person=Person(), now=NOW).lines
    assert isinstance(line.refusal, NotForSale)
    with pytest.raises(NotForSale):
        place(basket, purchase)
    assert not Order.objects.exists()
    assert stock(good).num_allocated == 0


def test_orders_placed_before_stay_as_they_are(good):
    order = place(basket_with(good))
    off(good)
    order.refresh_from_db()
    assert (order.lines.get().quantity, stock(good).num_allocated) == (1, 1)


def test_who_when_and_why_is_kept_of_both(good):
    first, second = (User.objects.create_user(f"{name}@example.com") for name in ("a", "b"))
    withdraw_good(product_id=good.pk, reason=f"  {WHY} ", by=first, now=NOW)
    restore_good(product_id=good.pk, reason="标签已改。", by=second, now=NOW)
    kept = Withdrawal.objects.get()
    assert (kept.product, kept.reason, kept.at, kept.by) == (good, WHY, NOW, first)
    assert (kept.restored_because, kept.restored_at) == ("标签已改。", NOW)
    assert kept.restored_by == second


def test_who_comes_too_late_changes_nothing(good):
    with pytest.raises(NotAsShown):
        back(good)
    off(good)
    with pytest.raises(NotAsShown):
        off(good, "Something else.")
    assert Withdrawal.objects.get().reason == WHY


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_happens(good, reason):
    with pytest.raises(ValidationError):
        off(good, reason)
    assert Product.objects.for_sale(DAY).get() == good
    assert not Withdrawal.objects.exists()


def test_owners_and_clerks_are_told_why_once_and_others_are_not(good):
    for role in ("owner", "clerk", "accountant"):
        user = User.objects.create_user(f"{role}@example.com")
        Membership.objects.create(
            user=user, cooperative=good.cooperative, role=role, begins_on=date(2020, 1, 1)
        )
    made = off(good)
    sent = Message.objects.filter(event=f"good_withdrawn:{made.pk}")
    assert set(sent.values_list("recipient", flat=True)) == {
        "owner@example.com",
        "clerk@example.com",
    }
    assert WHY in sent[0].body
    assert f"/dashboard/c/{good.cooperative.slug}/goods/{good.pk}/" in sent[0].body
    back(good)
    assert Message.objects.filter(event=f"good_restored:{made.pk}").count() == 2
    assert "标签已改。" in Message.objects.filter(event__startswith="good_restored")[0].body


def test_the_database_itself_refuses_a_withdrawn_good_that_could_be_sold(good):
    off(good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=good.pk).update(sellable_until=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(product=good, reason="x", at=NOW)
