"""A kept page is given to the next visitor, and never to the wrong one or a moment too long."""

import os
import re
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.aftersales.recalls import recall_lot
from marketplace.partner.models import StockRecord
from marketplace.shop import kept_pages
from marketplace.shop.kept_pages import is_shown, keep
from tests.factories.published import cell, publish_batch
from tests.marketplace.shop.kept_pages.conftest import LIST, change_price, text_of
from tests.marketplace.shop.test_product_page import lot_of

pytestmark = pytest.mark.django_db(transaction=True)

MEMORY = "django.core.cache.backends.locmem.LocMemCache"
FILES = "django.core.cache.backends.filebased.FileBasedCache"
REDIS = "django_redis.cache.RedisCache"


# There is no Redis beside SQLite.
@pytest.fixture(params=[MEMORY, FILES, pytest.param(REDIS, marks=pytest.mark.postgresql)])
def each_cache(request, settings, tmp_path):
    """Any cache that the shop may run on."""
    backend = request.param
    places = {FILES: tmp_path, REDIS: os.environ.get("REDIS_URL", "").replace("db=0", "db=7")}
    location = places.get(backend, "")
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": location}}
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("each_cache")
def test_the_second_visitor_costs_no_query_on_any_cache(client, product, django_assert_num_queries):
    addresses = [
        LIST,
        f"/en{LIST}",
        product.get_absolute_url(),
        product.specialty.get_absolute_url(),
        "/cooperatives/",
        product.cooperative.get_absolute_url(),
    ]
    first = [client.get(address) for address in addresses]
    with django_assert_num_queries(0):
        second = [client.get(address) for address in addresses]
    assert [page.content for page in second] == [page.content for page in first]
    assert len({page.content for page in second}) == len(addresses)
    assert [page.headers for page in second] == [page.headers for page in first]
    change_price(product)
    assert "19.50" in text_of(client, LIST)


def test_large_print_and_parts_for_htmx_are_kept_apart(client, product):
    part = {"HX-Request": "true"}
    for _visit in ("made", "kept"):
        client.cookies.pop("large_print", None)
        assert 'class="large"' not in text_of(client, LIST)
        assert "<html" not in text_of(client, LIST, **part)
        assert "<html" in text_of(client, LIST, **part, **{"HX-History-Restore-Request": "true"})
        client.cookies["large_print"] = "1"
        assert 'class="large"' in text_of(client, LIST)


def test_who_is_signed_in_gets_the_kept_page_and_no_cache_in_front_keeps_it(client, product):
    public = client.get(LIST)
    client.force_login(User.objects.create_user("wang@example.com", "secret", first_name="王芳"))
    private = client.get(LIST)
    assert private.content == public.content
    assert private.headers["Cache-Control"] == "private, max-age=0"
    assert "王芳" not in private.content.decode()


@pytest.mark.parametrize("address", [f"{LIST}?stock=1", f"{LIST}?x=1", "/shop/search/?q=燕麦"])
def test_addresses_without_end_are_not_kept(client, product, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) > 3


def test_only_a_page_that_is_there_is_kept(client, product):
    Product.objects.filter(pk=product.pk).update(sellable_from=None, sellable_until=None)
    address = product.get_absolute_url()
    assert [client.get(address).status_code for _visit in range(2)] == [404, 404]
    wrong = address.replace(product.slug, "wrong")
    assert [client.get(wrong).status_code for _visit in range(2)] == [301, 301]


def test_what_is_not_committed_is_never_kept(client, product):
    with transaction.atomic():
        change_price(product)
        assert "19.50" in text_of(client, LIST)
        transaction.set_rollback(True)
    assert "19.50" not in text_of(client, LIST)


def test_a_page_that_was_being_made_during_a_change_is_not_kept_after_it(product):
    request = RequestFactory().get("/")

    def made_slowly() -> HttpResponse:
        change_price(product)
        return HttpResponse("old")

    assert keep(request, {}, made_slowly).content == b"old"
    assert keep(request, {}, partial(HttpResponse, "new")).content == b"new"


def test_what_the_clock_says_changes_with_the_minute(client, product, time_machine):
    address = f"/en{product.get_absolute_url()}"
    time_machine.move_to("2026-11-27T15:59:59+08:00", tick=False)
    assert "Order by 16:00 today" in text_of(client, address)
    time_machine.move_to("2026-11-27T16:00:00+08:00", tick=False)
    assert "Order by 16:00 tomorrow" in text_of(client, address)


def test_a_paper_that_ends_at_midnight_takes_its_good_with_it(client, product, time_machine):
    Product.objects.filter(pk=product.pk).update(sellable_until=date(2026, 11, 27))
    time_machine.move_to("2026-11-27T23:59:59+08:00", tick=False)
    assert "燕麦片</a>" in text_of(client, LIST)
    time_machine.move_to("2026-11-28T00:00:00+08:00", tick=False)
    assert "燕麦片</a>" not in text_of(client, LIST)


def test_a_cache_that_fails_fails_no_write(product, monkeypatch):
    def broken(key: str) -> None:
        raise OSError("no cache")

    monkeypatch.setattr(kept_pages.cache, "delete", broken)
    change_price(product)
    product.refresh_from_db()
    assert product.price_from == Decimal("19.50")


def test_writes_of_one_transaction_forget_once(product, django_capture_on_commit_callbacks):
    with transaction.atomic():
        for price in ("1.00", "2.00", "3.00"):
            StockRecord.objects.update(price=Decimal(price))
        forgetting = [call for _, call, _ in connection.run_on_commit]
        assert forgetting == [kept_pages.forget_pages]


def test_a_rolled_back_savepoint_takes_no_later_change_with_it(client, product):
    text_of(client, LIST)
    with transaction.atomic():
        with transaction.atomic():
            Product.objects.update(title="糜子")
            transaction.set_rollback(True)
        change_price(product)
    assert "19.50" in text_of(client, LIST)


def test_every_table_that_a_kept_page_reads_is_watched(client, goods):
    """A page that shows a new table would be kept too long; this names the table."""
    product = goods["cheap"]
    product.districts.add("110101")
    product.recommended_products.add(goods["ten"])
    lot_of(product, "L-1", date(2026, 11, 20), "conformity_certificate")
    recall_lot(
        lot_id=lot_of(goods["ten"], "L-2", date(2026, 11, 19)).pk,
        reason="封口不严",
        packs={},
        by=None,
        now=timezone.now(),
        today=date(2026, 11, 27),
    )
    cell(publish_batch(), "mode", "wage", 40, "1.00")
    addresses = [
        "/",
        "/impact/",
        LIST,
        product.get_absolute_url(),
        product.specialty.get_absolute_url(),
        "/cooperatives/",
        product.cooperative.get_absolute_url(),
        "/trace/L-2/",
    ]
    with CaptureQueriesContext(connection) as captured:
        for address in addresses:
            assert client.get(address).status_code == 200
    found = re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(query["sql"] for query in captured))
    assert len(set(found)) > 15
    assert [table for table in set(found) if not is_shown(f'UPDATE "{table}"')] == []


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ('INSERT INTO "catalogue_product" ("title") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "catalogue_productbadge" VALUES (1)', True),
        ('DELETE FROM "papers_paper"', True),
        ("update partner_stockrecord set price = 1", True),
        ('TRUNCATE TABLE "catalogue_product"', True),
        ('UPDATE "basket_line" SET "quantity" = 2', False),
        ('INSERT INTO "django_session" VALUES (1)', False),
        ('SELECT "catalogue_product"."id" FROM "catalogue_product" FOR UPDATE', False),
    ],
)
def test_writes_to_what_is_shown_are_told_from_others(sql, shown):
    assert is_shown(sql) is shown


def test_a_draft_that_an_editor_looks_at_is_kept_for_nobody(product):
    request = RequestFactory().get("/")
    request.is_preview = True
    assert keep(request, {}, partial(HttpResponse, "draft")).content == b"draft"
    public = RequestFactory().get("/")
    assert keep(public, {}, partial(HttpResponse, "live")).content == b"live"


def test_who_comes_in_at_a_fair_makes_no_page_forgotten():
    assert not is_shown('INSERT INTO "fairs_checkin" ("id") VALUES (%s)')
    assert is_shown('UPDATE "fairs_session" SET "taken" = %s')
