"""Goods in bulk: as many as asked for, plainly marked, and as lawful as their originals."""

import pytest
from django.utils import timezone

from catalog.compliance import recompute_sellable
from catalog.models import Product
from marketplace.demo.services import bulk
from marketplace.demo.services.bulk import follow_originals, load_bulk
from marketplace.search.querysets import find, read_query
from tests.marketplace.demo.services.conftest import silent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
ALL_ORIGINALS_ONCE = 108


def parents():
    return Product.objects.filter(structure="parent").order_by("pk")


def derived():
    return parents().filter(upc__contains="-D")


def test_it_makes_exactly_the_missing_goods(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 4)
    told = []
    load_bulk(count=60, tell=lambda key, **values: told.append((key, values)))
    assert parents().count() == 60
    assert told == [
        ("bulk", {"done": 58, "count": 60}),
        ("bulk", {"done": 60, "count": 60}),
    ]


def test_again_and_fewer_add_and_remove_nothing():
    load_bulk(count=60, tell=silent)
    load_bulk(count=60, tell=silent)
    load_bulk(count=57, tell=silent)
    assert parents().count() == 60


def test_it_goes_on_where_it_stopped():
    load_bulk(count=57, tell=silent)
    load_bulk(count=60, tell=silent)
    assert [good.slug[-5:] for good in derived()] == [f"{n:05}" for n in range(55, 61)]


def test_each_says_that_it_is_a_demonstration_in_both_languages():
    load_bulk(count=60, tell=silent)
    assert all("（演示 000" in good.title for good in derived())
    assert all("(demonstration 000" in good.title_en for good in derived())


def test_the_law_decides_about_them_as_about_their_originals():
    load_bulk(count=ALL_ORIGINALS_ONCE, tell=silent)
    fields = ("pk", "sellable_from", "sellable_until")
    dates = list(derived().values_list(*fields))
    badges = list(derived().order_by("pk", "badges__kind").values_list("pk", "badges__kind"))
    for good in derived():
        recompute_sellable(product=good, day=timezone.localdate())
    assert list(derived().values_list(*fields)) == dates
    after = derived().order_by("pk", "badges__kind").values_list("pk", "badges__kind")
    assert list(after) == badges


def test_they_have_prices_packs_and_stock_and_can_be_found():
    load_bulk(count=ALL_ORIGINALS_ONCE, tell=silent)
    assert not derived().filter(price_from=None).exists()
    assert not derived().filter(children=None).exists()
    found = find(derived(), read_query("yanmaifu"))
    assert ["燕麦麸皮" in good.title for good in found] == [True]


def test_they_follow_their_originals_when_papers_are_renewed():
    load_bulk(count=ALL_ORIGINALS_ONCE, tell=silent)
    original = parents().get(upc="YS0003")
    recompute_sellable(product=original, day=timezone.localdate())
    parents().filter(pk=original.pk).update(sellable_until="2031-01-31")
    original.badges.update(valid_until="2031-01-31")
    follow_originals()
    copy = derived().get(upc__startswith="YS0003-D")
    assert str(copy.sellable_until) == "2031-01-31"
    assert [str(badge.valid_until) for badge in copy.badges.all()] == ["2031-01-31"]
