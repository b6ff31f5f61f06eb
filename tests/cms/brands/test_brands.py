"""The list of brands and counties, and their pages."""

from decimal import Decimal

import pytest

from cms.brands.models import BrandPage, CountyPage
from cms.stories.models import StoryIndexPage, StoryPage
from marketplace.partner.models import StockRecord
from marketplace.partner.services import refresh_shelf
from tests.cms.conftest import publish, shelf
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.goods import QINGSHUIHE, WUCHUAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def oat_brand(brands, image):
    page = BrandPage(
        title="阴山燕麦",
        slug="oat",
        kicker="四样本事之一",
        introduction="先炒后磨。",
        image=image,
        colour="oat",
        specialty=specialty(),
    )
    return publish(brands.add_child(instance=page))


@pytest.fixture
def wuchuan(brands):
    page = CountyPage(title="武川：坡地上的县", slug="wuchuan", county_id=WUCHUAN)
    return publish(brands.add_child(instance=page))


@pytest.fixture
def stories(home):
    return publish(home.add_child(instance=StoryIndexPage(title="品牌故事", slug="stories")))


def tell(stories, title, **values):
    return publish(stories.add_child(instance=StoryPage(title=title, **values)))


def titles(response):
    return [card.page.title for card in response.context["cards"]]


def test_the_list_leads_to_brands_and_counties_in_the_order_of_the_tree(
    client, brands, oat_brand, wuchuan
):
    second = BrandPage(title="阴山藜麦", slug="quinoa", colour="quinoa")
    publish(brands.add_child(instance=second))
    brands.add_child(instance=BrandPage(title="还没写完", slug="draft", live=False))
    response = client.get("/brands/")
    assert [card.url for card in response.context["brands"]] == ["/brands/oat/", "/brands/quinoa/"]
    assert [card.url for card in response.context["counties"]] == ["/brands/wuchuan/"]
    html = response.content.decode()
    assert "还没写完" not in html
    assert '<a href="/brands/wuchuan/">武川：坡地上的县</a>' in html


def test_a_list_without_brands_says_so(client, brands):
    html = client.get("/brands/").content.decode()
    assert 'class="empty"' in html
    assert 'href="/shop/"' in html


def test_a_brand_stands_in_its_colour_and_leads_to_its_goods(client, oat_brand):
    html = client.get("/brands/oat/").content.decode()
    assert 'class="place-head tone-oat"' in html
    assert f'href="{specialty().get_absolute_url()}"' in html
    assert '<a href="/brands/">品牌与产地</a>' in html


def test_a_county_leads_to_its_goods(client, wuchuan):
    assert f'href="/shop/?county={WUCHUAN}"' in client.get("/brands/wuchuan/").content.decode()


def test_pages_end_with_the_stories_about_them(client, oat_brand, wuchuan, stories):
    oat = specialty()
    tell(stories, "磨莜面的人", specialty=oat, told_on="2026-10-02")
    tell(stories, "清水河的燕麦", specialty=oat, county_id=QINGSHUIHE, told_on="2026-10-03")
    tell(stories, "武川的羊", county_id=WUCHUAN, told_on="2026-10-04")
    assert titles(client.get("/brands/oat/")) == ["清水河的燕麦", "磨莜面的人"]
    assert titles(client.get("/brands/wuchuan/")) == ["武川的羊"]


def test_stories_that_an_editor_put_on_the_page_are_not_shown_twice(client, oat_brand, stories):
    tell(stories, "磨莜面的人", specialty=specialty())
    publish(oat_brand, body=[("stories", {"title": "读一读", "specialty": specialty().pk})])
    response = client.get("/brands/oat/")
    assert titles(response) == []
    assert response.content.decode().count("磨莜面的人") == 1


def test_a_shelf_on_a_brand_page_has_live_prices_and_stock(client, oat_brand):
    """Nothing of a good is stored with the page, and writes to its tables forget kept pages."""
    product = ProductFactory(packs=[("18.00", 100, 1000)])
    publish(oat_brand, body=[shelf(rule="specialty", specialty=product.specialty_id, count=8)])
    assert "18.00" in client.get("/brands/oat/").content.decode()
    pack = StockRecord.objects.get(product__parent=product)
    pack.price, pack.num_in_stock = Decimal("21.50"), 0
    pack.save()
    refresh_shelf(product_ids=[product.pk])
    html = client.get("/brands/oat/").content.decode()
    assert "21.50" in html
    assert "18.00" not in html
    assert "card--sold-out" in html


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("path", ["/brands/oat/", "/brands/wuchuan/"])
def test_a_page_costs_the_same_for_any_number_of_goods_and_stories(
    client, oat_brand, wuchuan, stories, image, count, path, django_assert_num_queries
):
    products = ProductFactory.create_batch(count, cooperative=CooperativeFactory())
    keys = [each.pk for each in products]
    body = [shelf(goods=keys[at : at + 12]) for at in range(0, count, 12)]
    body += [shelf(rule=rule, count=12) for rule in ("newest", "in_season")]
    body += [shelf(rule="county", county=WUCHUAN, count=12)]
    for number in range(min(count, 10)):
        tell(stories, f"故事{number}", specialty=specialty(), county_id=WUCHUAN, image=image)
    for page in (oat_brand, wuchuan):
        publish(page, body=body)
    client.get(path)
    with django_assert_num_queries(11):
        response = client.get(path)
    assert len(response.context["found"].goods) == count
    assert not response.cookies


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_costs_the_same_for_any_number(
    client, brands, image, count, django_assert_num_queries
):
    for number in range(count):
        words = {"slug": f"b{number}", "title": f"品牌{number}", "image": image}
        publish(brands.add_child(instance=BrandPage(**words)))
        words = {"slug": f"c{number}", "title": f"县{number}", "county_id": WUCHUAN}
        publish(brands.add_child(instance=CountyPage(**words)))
    client.get("/brands/")
    with django_assert_num_queries(8):
        response = client.get("/brands/")
    assert len(response.context["brands"]) == len(response.context["counties"]) == count


def test_a_second_list_cannot_be_made_beside_the_first(home, brands):
    assert not type(brands).can_create_at(home)
    assert BrandPage.can_create_at(brands)
    assert not BrandPage.can_create_at(home)
