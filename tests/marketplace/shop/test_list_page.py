import json
import re

import pytest

from catalog.models import Product
from marketplace.shop.shelf import PAGE_SIZE
from tests.factories import specialty
from tests.marketplace.shop.conftest import make_many

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [product.title for product in response.context["page"]]


@pytest.mark.parametrize("count", [1, 48])
@pytest.mark.parametrize(
    "address", ["/shop/", "/shop/?storage=ambient&sort=price_asc", "/en/shop/"]
)
def test_the_list_costs_the_same_for_any_length(
    client, count, address, django_assert_max_num_queries
):
    make_many(count)
    with django_assert_max_num_queries(12):
        response = client.get(address)
    assert len(response.context["page"]) == min(count, PAGE_SIZE)


@pytest.mark.parametrize("count", [1, 48])
@pytest.mark.parametrize("depth", [1, 2])
def test_a_category_costs_the_same_for_any_length(
    client, count, depth, django_assert_max_num_queries
):
    goods = make_many(count)
    category = specialty()
    if depth == 2:
        category = category.add_child(slug="flakes", name="燕麦片")
        for product in goods:
            product.categories.add(category)
    with django_assert_max_num_queries(12):
        response = client.get(category.get_absolute_url())
    assert response.context["total"] == count


def test_only_goods_for_sale_are_shown(client, goods):
    shown = set(titles(client.get("/shop/")))
    hidden = {goods[key].title for key in ("private", "lapsed", "without_papers")}
    assert shown == {product.title for product in goods.values()} - hidden


@pytest.mark.parametrize("sort", ["default", "price_asc", "price_desc", "unit_price", "newest"])
def test_sold_out_goods_come_last_in_every_order(client, goods, sort):
    response = client.get(f"/shop/?sort={sort}")
    assert set(titles(response)[-2:]) == {goods["sold_out"].title, goods["lamb_sold_out"].title}
    assert "2" in response.context["sold_out_note"]


def test_goods_are_ordered_by_price(client, goods):
    rising = [product.price_from for product in client.get("/shop/?sort=price_asc").context["page"]]
    assert rising[:7] == sorted(rising[:7])
    falling = client.get("/shop/?sort=price_desc").context["page"]
    assert [product.price_from for product in falling][:7] == rising[6::-1]


def test_in_season_comes_before_newer_goods_out_of_season(client, goods, today):
    out_of_season = 0b111111111111 ^ (1 << (today.month - 1))
    Product.objects.filter(structure="parent").update(season_months=out_of_season)
    Product.objects.filter(pk=goods["cheap"].pk).update(season_months=1 << (today.month - 1))
    shown = titles(client.get("/shop/"))
    assert shown[0] == goods["cheap"].title
    assert shown[1] == goods["millet"].title


@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "1e3", "%00"])
def test_a_page_that_is_no_number_leads_to_the_first(client, goods, page):
    response = client.get(f"/shop/?storage=frozen&page={page}")
    assert (response.status_code, response.headers["Location"]) == (302, "/shop/?storage=frozen")


def test_a_page_after_the_last_leads_to_the_last(client):
    make_many(PAGE_SIZE + 1)
    response = client.get("/shop/?page=9999")
    assert (response.status_code, response.headers["Location"]) == (302, "/shop/?page=2")
    assert len(client.get("/shop/?page=2").context["page"]) == 1


def test_an_empty_shelf_leads_to_its_one_page(client):
    assert client.get("/shop/?page=7").headers["Location"] == "/shop/"
    assert client.get("/shop/").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "price=abc",
        "sort=drop",
        "specialty=%00&county=999999&cooperative=../../etc&storage=tepid&certificate=x&stock=9",
        "specialty=oat&specialty=" + "x" * 10_000,
        "q=" + "燕" * 10_000,
        "%ff=%fe&price=%ff",
        "=&&&;;",
        "page=1&page=2",
        "price[]=0-10",
    ],
)
def test_a_broken_address_still_shows_the_shelf(client, goods, query):
    response = client.get(f"/shop/?{query}", follow=True)
    assert response.status_code == 200
    assert response.context["total"] > 0


def test_unknown_values_leave_no_filter_behind(client, goods):
    response = client.get("/shop/?price=abc&county=110101&sort=drop")
    assert response.context["active_filters"] == []
    assert response.context["total"] == 9


def test_neighbouring_pages_keep_filters_and_sort(client):
    make_many(2 * PAGE_SIZE + 1)
    page = client.get("/shop/?sort=newest&storage=ambient&page=2").context["page"]
    assert page.previous_url == "/shop/?storage=ambient&sort=newest"
    assert page.next_url == "/shop/?storage=ambient&sort=newest&page=3"


def test_no_good_is_on_two_pages(client):
    make_many(PAGE_SIZE + 5)
    first, second = titles(client.get("/shop/")), titles(client.get("/shop/?page=2"))
    assert len(set(first) | set(second)) == PAGE_SIZE + 5


def test_htmx_gets_only_what_changes(client, goods):
    response = client.get("/shop/?storage=frozen", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert all(f'id="{part}"' in html for part in ("results", "facets", "quick", "goods"))
    assert response.headers["Vary"] == "HX-Request"


def test_the_browsers_back_button_gets_the_whole_page(client, goods):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/shop/", headers=headers).content.decode()


def test_a_plain_page_names_itself_and_both_languages(client, goods, settings):
    settings.SITE_URL = "https://yinshan.example"
    html = client.get("/en/shop/").content.decode()
    assert '<link rel="canonical" href="https://yinshan.example/en/shop/">' in html
    for language, path in (("zh-Hans", "/shop/"), ("en", "/en/shop/"), ("x-default", "/shop/")):
        link = f'hreflang="{language}" href="https://yinshan.example{path}"'
        assert html.count(link) == 1
    assert "noindex" not in html


@pytest.mark.parametrize("query", ["storage=frozen", "sort=newest", "stock=1&sort=newest"])
def test_narrowed_and_sorted_pages_are_not_indexed(client, goods, settings, query):
    settings.SITE_URL = "https://yinshan.example"
    html = client.get(f"/shop/?{query}").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in html
    assert '<link rel="canonical" href="https://yinshan.example/shop/">' in html


def test_later_pages_are_their_own_address(client, settings):
    settings.SITE_URL = "https://yinshan.example"
    make_many(PAGE_SIZE + 1)
    html = client.get("/shop/?page=2").content.decode()
    assert '<link rel="canonical" href="https://yinshan.example/shop/?page=2">' in html


def test_breadcrumbs_are_on_the_page_and_in_its_data(client, goods):
    category = goods["lamb"].specialty
    html = client.get(category.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    rows = data["@graph"][0]["itemListElement"]
    assert [row["position"] for row in rows] == [1, 2, 3]
    assert rows[-1]["name"] == "肉羊"
    assert rows[-1]["item"].endswith(category.get_absolute_url())


def test_a_category_shows_its_goods_and_its_shelves(client, goods):
    oats = goods["cheap"].specialty
    shelf = oats.add_child(slug="flakes", name="燕麦片", name_en="Flakes")
    goods["cheap"].categories.add(shelf)
    whole = client.get(oats.get_absolute_url())
    assert whole.context["total"] == 6
    assert "specialty" not in [facet.key for facet in whole.context["facets"]]
    assert [each["category"].slug for each in whole.context["shelves"]] == ["oat", "flakes"]
    assert titles(client.get(shelf.get_absolute_url())) == [goods["cheap"].title]


def test_a_wrong_slug_leads_to_the_categorys_own_address(client, goods):
    category = goods["lamb"].specialty
    response = client.get(f"/shop/c/wrong_{category.pk}/")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        category.get_absolute_url(),
    )


@pytest.mark.parametrize("path", ["/shop/c/oat_0/", f"/shop/c/oat_{10**30}/", "/shop/c/oat/"])
def test_a_category_that_is_not_there_is_a_404(client, goods, path):
    assert client.get(path).status_code == 404


def test_a_category_that_is_not_public_is_a_404(client, goods):
    category = goods["lamb"].specialty
    category.is_public = False
    category.save()
    assert client.get(category.get_absolute_url()).status_code == 404


def test_the_shelf_takes_no_posts(client, goods):
    assert client.post("/shop/").status_code == 405
