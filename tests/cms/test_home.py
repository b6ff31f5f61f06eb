import pytest
from django.core.cache import cache
from django.utils import timezone

from cms.home.models import SiteChrome, StandardPage
from tests.cms.conftest import every_section, lead, publish, shelf
from tests.factories import CooperativeFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story_page(home):
    page = home.add_child(instance=StandardPage(title="下窖那天", slug="xiajiao"))
    return publish(page)


@pytest.mark.parametrize("count", [1, 48])
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_home_costs_the_same_for_any_number_of_goods(
    client, home, english_home, story_page, image, count, path, django_assert_num_queries
):
    CooperativeFactory.create_batch(8)
    products = ProductFactory.create_batch(count, cooperative=CooperativeFactory())
    sections = every_section(image, story_page, rule="newest", count=12)
    sections += [
        shelf(rule="in_season", count=12),
        shelf(rule="specialty", specialty=products[0].specialty_id, count=12),
        shelf(goods=[product.pk for product in products[:12]], feature=products[0].pk),
    ]
    publish(home, body=sections)
    publish(english_home, body=sections)
    client.get(path)
    with django_assert_num_queries(10):
        response = client.get(path)
    assert response.status_code == 200
    assert len(response.context["found"].goods) == min(count, 25)


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_home_asks_two_things_more_while_the_cache_is_empty(
    client, home, english_home, story_page, image, path, django_assert_num_queries
):
    """The row of navigation and footer, and the pages that they link to."""
    SiteChrome.objects.create(navigation=[("link", {"label": "下窖", "page": story_page.pk})])
    ProductFactory()
    for page in (home, english_home):
        publish(page, body=every_section(image, story_page, rule="newest"))
    cache.clear()
    with django_assert_num_queries(12):
        client.get(path)


@pytest.mark.parametrize("path", ["/", "/en/", "/xiajiao/"])
def test_pages_are_the_same_for_everybody(client, story_page, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_chosen_goods_stand_in_their_order_with_live_prices(client, home):
    first, second = ProductFactory.create_batch(2, packs=[("18.00", 100, 1000)])
    publish(home, body=[shelf(goods=[second.pk, first.pk])])
    html = client.get("/").content.decode()
    assert html.index(second.title) < html.index(first.title)
    assert "18.00" in html
    pack = second.children.get()
    pack.stockrecords.update(price="21.50")
    type(second).objects.filter(pk=second.pk).update(price_from="21.50")
    assert "21.50" in client.get("/").content.decode()


def test_goods_that_may_not_be_sold_leave_the_shelf(client, home):
    stays, expires = ProductFactory.create_batch(2)
    publish(home, body=[shelf(goods=[expires.pk, stays.pk], feature=expires.pk)])
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    type(expires).objects.filter(pk=expires.pk).update(sellable_until=yesterday)
    html = client.get("/").content.decode()
    assert stays.title in html
    assert expires.title not in html


def test_a_shelf_with_nothing_to_sell_is_not_shown(client, home):
    publish(home, body=[shelf(title="空空的", rule="newest")])
    assert "空空的" not in client.get("/").content.decode()


def shown(client, number=0):
    """Titles on the shelf of that number, as its template was given them."""
    page = client.get("/").context
    block = page["page"].body[number]
    return [product.title for product in block.block.fill(block.value, page["found"])["products"]]


def test_newest_goods_come_first(client, home):
    products = ProductFactory.create_batch(4)
    publish(home, body=[shelf(rule="newest", count=2)])
    assert shown(client) == [products[3].title, products[2].title]


def test_only_goods_of_this_month_are_in_season(client, home):
    this_month = 1 << (timezone.localdate().month - 1)
    ProductFactory(season_months=~this_month & 0xFFF)
    in_season = ProductFactory(season_months=this_month)
    publish(home, body=[shelf(rule="in_season", count=8)])
    assert shown(client) == [in_season.title]


def test_a_rule_can_name_a_specialty_and_puts_what_is_in_stock_first(client, home):
    sold_out = ProductFactory(packs=[("18.00", 0, 1000)])
    in_stock = ProductFactory()
    newer_sold_out = ProductFactory(packs=[("18.00", 0, 1000)])
    publish(home, body=[shelf(rule="specialty", specialty=in_stock.specialty_id, count=8)])
    assert shown(client) == [in_stock.title, newer_sold_out.title, sold_out.title]


def test_a_good_shown_large_is_not_shown_again(client, home):
    older, newest = ProductFactory.create_batch(2)
    publish(home, body=[shelf(rule="newest", count=1, feature=newest.pk)])
    assert shown(client) == [older.title]


def test_two_shelves_with_different_rules_do_not_mix(client, home):
    this_month = 1 << (timezone.localdate().month - 1)
    in_season = ProductFactory(season_months=this_month)
    newest = ProductFactory(season_months=~this_month & 0xFFF)
    publish(home, body=[shelf(rule="newest", count=1), shelf(rule="in_season", count=1)])
    assert shown(client, 0) == [newest.title]
    assert shown(client, 1) == [in_season.title]


def test_a_deleted_picture_leaves_the_page_standing(client, home, image):
    publish(home, body=[lead(image)])
    image.delete()
    response = client.get("/")
    assert response.status_code == 200
    assert "两麦一薯一羊" in response.content.decode()


def test_a_link_to_a_page_that_is_not_published_is_not_shown(client, home, story_page, image):
    publish(home, body=every_section(image, story_page))
    assert "/xiajiao/" in client.get("/").content.decode()
    story_page.unpublish()
    assert "/xiajiao/" not in client.get("/").content.decode()


def test_english_home_is_in_english_and_leads_to_english_addresses(client, english_home, image):
    publish(english_home, body=[lead(image, button={"label": "To the market", "url": "/shop/"})])
    html = client.get("/en/").content.decode()
    assert '<html lang="en"' in html
    assert 'href="/en/shop/">To the market</a>' in html
    assert 'alt="A field"' in html


def test_only_children_of_the_specialties_are_counted_by_what_is_for_sale(client, home):
    product = ProductFactory()
    ProductFactory(specialty=product.specialty, sellable_until=None, sellable_from=None)
    publish(home, body=[("specialties", {"title": "四样本事"})])
    found = client.get("/").context["found"]
    assert [(each.name, each.product_count) for each in found.specialties] == [("燕麦", 1)]
