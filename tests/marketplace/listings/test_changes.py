"""Changes of a live good: live only when approved, and only what differs."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Product
from marketplace.listings import services
from marketplace.listings.models import Proposal
from marketplace.listings.refusals import AnotherOpen, Moved, NotReady
from tests.factories import ProductFactory
from tests.factories.listings import PACK, change_of, draft_of, picture, texts
from tests.marketplace.buying import NOW
from tests.marketplace.listings.proposing import approve, refused, sent

pytestmark = pytest.mark.django_db


def test_a_change_leaves_the_live_good_untouched_until_it_is_approved(mill, operator):
    good = ProductFactory(cooperative=mill, title="燕麦片")
    proposal = change_of(good, title="快熟燕麦片")
    services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    good.refresh_from_db()
    assert (good.title, good.images.count()) == ("燕麦片", 0)
    approve(Proposal.objects.get(pk=proposal.pk), operator)
    good.refresh_from_db()
    assert (good.title, good.summary) == ("快熟燕麦片", "轻炒过的新麦，石磨慢碾。")
    assert good.images.get().caption == "快熟燕麦片"
    assert good.children.count() == 1


def test_a_change_may_bring_a_size_that_is_not_there_yet(mill, operator):
    good = ProductFactory(cooperative=mill)
    [old] = good.children.all()
    proposal = sent(change_of(good, packs=[PACK | {"title": "5kg", "price": "80.00"}]))
    assert list(good.children.all()) == [old]
    approve(proposal, operator)
    new = good.children.exclude(pk=old.pk).get()
    stock = new.stockrecords.get()
    assert (new.title, stock.price, stock.num_in_stock) == ("5kg", Decimal("80.00"), 40)
    assert stock.partner == old.stockrecords.get().partner


def test_a_size_that_is_there_is_not_added_once_more(mill):
    good = ProductFactory(cooperative=mill)
    size = good.children.get().title
    twice = change_of(good, packs=[PACK | {"title": size}])

    def act():
        services.submit(proposal_id=twice.pk, seen=twice.version, by=None, now=NOW)

    assert refused(NotReady, act) == f"The size {size} is there already."
    new = PACK | {"title": "5kg"}
    values = {"packs": [new, new]}
    twice = services.save_content(proposal_id=twice.pk, values=values, seen=twice.version)
    assert refused(NotReady, act) == "The size 5kg is there already."
    values = {"packs": [new]}
    services.save_content(proposal_id=twice.pk, values=values, seen=twice.version)
    proposal = sent(twice)
    good.children.update(title="5kg")
    assert refused(NotReady, lambda: approve(proposal)) == "The size 5kg is there already."


def test_a_change_writes_only_what_differs_and_never_over_a_newer_live_text(mill):
    good = ProductFactory(cooperative=mill, title="燕麦片", flag="新麦")
    proposal = change_of(good, title="快熟燕麦片")
    proposal = services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    Product.objects.filter(pk=good.pk).update(title="别的名字")
    assert "changed on the live good meanwhile" in refused(NotReady, lambda: approve(proposal))
    Product.objects.filter(pk=good.pk).update(title="燕麦片", allergens="含麸质")
    approve(proposal)
    good.refresh_from_db()
    assert (good.title, good.allergens, good.flag) == ("快熟燕麦片", "含麸质", "新麦")


def test_there_is_one_open_change_of_a_good(mill):
    good = ProductFactory(cooperative=mill)
    first = services.start_change(product=good, by=None, now=NOW)

    def again():
        services.start_change(product=good, by=None, now=NOW)

    refused(AnotherOpen, again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            cooperative=mill,
            kind="change",
            product=good,
            product_class=good.product_class,
            begun_at=NOW,
        )
    services.discard(proposal_id=first.pk, by=None, now=NOW)
    again()


def test_a_change_that_changes_nothing_is_not_submitted(mill):
    good = ProductFactory(cooperative=mill)
    Product.objects.filter(pk=good.pk).update(
        **{key: value for key, value in texts().items() if key not in ("category", "packs")}
    )
    proposal = services.start_change(product=good, by=None, now=NOW)
    picture(proposal)
    good.images.create(original="goods/one.jpg", caption="c", renditions=[{"width": 1}])
    proposal.pictures.update(image=good.images.get())

    def act():
        services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)

    assert refused(NotReady, act) == "Nothing has been changed yet."


def test_two_clerks_do_not_write_over_each_other(mill):
    proposal = draft_of(mill)
    services.save_content(proposal_id=proposal.pk, values={"title": "甲"}, seen=proposal.version)

    def second():
        services.save_content(
            proposal_id=proposal.pk, values={"title": "乙"}, seen=proposal.version
        )

    refused(Moved, second)
    assert Proposal.objects.get().content["title"] == "甲"
