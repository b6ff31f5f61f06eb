"""The demonstration world: complete, lawful, and the same however often it is loaded."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from catalog.models import Category, Product, ProductBadge, ProductImage, ProductRecommendation
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot, LotEvent
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.fairs.models import (
    Allotment,
    Booth,
    CheckIn,
    Exhibitor,
    Fair,
    Organisation,
    Seat,
    Session,
    Ticket,
)
from marketplace.offer.models import ConditionalOffer
from marketplace.partner.models import Partner, StockRecord
from marketplace.search.models import SynonymGroup
from marketplace.search.querysets import find, read_query
from marketplace.voucher.models import Voucher

MODELS = [
    Category, ConditionalOffer, Cooperative, Lot, LotEvent, Page, Paper, Partner, Product,
    ProductBadge, ProductImage, ProductRecommendation, StockRecord, SynonymGroup, User, Voucher,
    Allotment, Booth, CheckIn, Exhibitor, Fair, Organisation, Seat, Session, Ticket,
]  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def goods():
    return Product.objects.filter(structure="parent")


def test_all_goods_and_producers_are_there_with_what_belongs_to_them():
    assert goods().count() == 54
    assert Cooperative.objects.count() == Partner.objects.count() == 13
    assert not goods().filter(price_from=None).exists()
    assert not goods().filter(lots=None).exists()
    assert not goods().filter(images=None).exists()
    assert not goods().filter(categories=None).exists()
    assert not goods().filter(primary_recommendations=None).exists()


def test_every_producer_says_that_it_is_fictional():
    names = Cooperative.objects.values_list("name", "short_name")
    assert all("（虚构）" in name and "（虚构）" in short for name, short in names)


def test_goods_are_for_sale_today_unless_their_months_or_the_market_say_otherwise():
    today = timezone.localdate()
    closed = {
        entry["number"]
        for entry in reading.goods()
        if "withdrawn" in entry
        or (entry["sale_months"] and not within(entry["sale_months"], today.month))
    }
    waiting = goods().exclude(pk__in=Product.objects.for_sale(today))
    assert {int(code[2:]) for code in waiting.values_list("upc", flat=True)} == closed


def within(months, month):
    first, last = months
    return first <= month <= last if first <= last else month >= first or month <= last


def test_the_prices_of_a_good_are_those_of_its_cheapest_pack():
    for good in goods():
        packs = Product.objects.filter(parent=good).packs()
        shown = next((pack for pack in packs if pack.free >= pack.minimum_quantity), packs[0])
        unit = shown.unit_price_for(shown.price).amount
        assert (good.price_from, good.unit_price_from) == (shown.price, unit)


def test_one_good_is_sold_out_and_the_rest_can_be_bought():
    assert list(goods().filter(in_stock=False).values_list("upc", flat=True)) == ["YS0054"]


def test_every_picture_lies_in_the_uploads():
    images = ProductImage.objects.values_list("renditions", flat=True)
    names = {row["name"] for renditions in images for row in renditions}
    assert names
    assert [name for name in names if not default_storage.exists(name)] == []


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_home_page_costs_fourteen_queries_while_nothing_is_cached(
    client, path, django_assert_num_queries
):
    client.get(path)
    cache.clear()  # navigation and footer, and Wagtail's roots of the site
    ContentType.objects.clear_cache()
    with django_assert_num_queries(14):
        response = client.get(path)
    assert response.context["found"].goods
    assert response.context["chrome"]["footer"]


def test_loading_again_changes_nothing(load):
    before = rows()
    load()
    assert rows() == before


def test_loading_three_days_later_moves_the_fairs_and_changes_nothing_else(load):
    before = rows()
    load(days=3)
    after = rows()
    assert {model for model in MODELS if after[model] != before[model]} == {Fair, Session}


def test_after_a_month_chilled_goods_get_a_new_lot_and_stay_on_sale(load):
    chilled = goods().get(upc="YS0038")
    day = load(days=31)
    chilled.refresh_from_db()
    assert chilled.lots.count() == 2
    assert chilled.sellable_from <= day <= chilled.sellable_until


def test_stock_belongs_to_the_sales(load):
    record = StockRecord.objects.get(product__upc="YS0001-1")
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=200, num_allocated=7)
    load()
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (200, 7)


def test_a_text_that_was_changed_comes_back(load):
    Product.objects.filter(upc="YS0001").update(title="别的")
    load()
    assert goods().get(upc="YS0001").title == "石磨莜面粉"


def test_what_an_operator_has_edited_stays_and_goods_are_found_by_it(
    load, django_capture_on_commit_callbacks
):
    texts = {"name": "别的", "tagline": "短句", "description": "导语", "colour": "near"}
    picture = {"renditions": [{"name": "x.webp", "width": 1, "height": 1}]}
    oats, maker = Category.objects.get(slug="oat", depth=1), Cooperative.objects.first()
    first, last = Category.objects.filter(depth=1).order_by("path")[:2]
    with django_capture_on_commit_callbacks(execute=True):
        for name, value in (texts | picture | {"image": "categories/x.jpg"}).items():
            setattr(oats, name, value)
        oats.save()
        Cooperative.objects.filter(pk=maker.pk).update(badge="producers/x.jpg", **picture)
        Category.objects.get(pk=last.pk).move(first, "left")
    before = rows()
    with django_capture_on_commit_callbacks(execute=True):
        load()
    assert rows() == before
    assert found("别的")


def found(words):
    return find(Product.objects.all(), read_query(words)).exists()


def test_command_refuses_a_production_database(settings):
    settings.DEMO_ALLOWED = False
    before = rows()
    with pytest.raises(CommandError, match="YINSHAN_DEMO=yes"):
        call_command("demo", verbosity=0)
    assert rows() == before


@pytest.mark.parametrize("count", [-1, 0, 53, 20_001])
def test_command_refuses_a_number_of_goods_that_it_cannot_make(count):
    before = rows()
    with pytest.raises(CommandError, match="--products"):
        call_command("demo", products=count, verbosity=0)
    assert rows() == before
