from xml.etree import ElementTree

import pytest

from marketplace.shop import sitemaps

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://yinshan.example"


def read(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def test_the_index_names_every_section(client, goods):
    assert [row.text for row in read(client, "/sitemap.xml").iter(LOC)] == [
        f"https://yinshan.example/sitemap-{name}.xml" for name in ("pages", *sitemaps.SECTIONS)
    ]


def test_goods_for_sale_stand_in_both_languages_with_their_alternates(client, goods):
    tree = read(client, "/sitemap-products.xml")
    places = [row.text for row in tree.iter(LOC)]
    path = goods["cheap"].get_absolute_url()
    assert f"https://yinshan.example{path}" in places
    assert f"https://yinshan.example/en{path}" in places
    assert len(places) == len(set(places)) == 18
    links = [(link.get("hreflang"), link.get("href")) for link in tree[0].iter(LINK)]
    assert [language for language, _ in links] == ["zh-Hans", "en"]
    assert f"https://yinshan.example{goods['private'].get_absolute_url()}" not in places


@pytest.mark.parametrize(("name", "count"), [("categories", 6), ("cooperatives", 4), ("shelf", 2)])
def test_other_sections_stand_in_both_languages(client, goods, name, count):
    assert len(list(read(client, f"/sitemap-{name}.xml").iter(LOC))) == count


def test_many_goods_are_parted_into_pages(client, goods, monkeypatch):
    monkeypatch.setattr(sitemaps, "ROWS_A_PAGE", 5)
    places = [row.text for row in read(client, "/sitemap.xml").iter(LOC)]
    assert places[-2:] == [
        "https://yinshan.example/sitemap-products.xml",
        "https://yinshan.example/sitemap-products.xml?p=2",
    ]
    assert len(list(read(client, "/sitemap-products.xml?p=2").iter(LOC))) == 8


@pytest.mark.parametrize(
    "address", ["/sitemap-x.xml", "/sitemap-products.xml?p=99", "/sitemap-products.xml?p=abc"]
)
def test_a_sitemap_that_is_not_there_is_a_404(client, goods, address):
    assert client.get(address).status_code == 404


def test_robots_are_kept_from_what_is_personal_and_shown_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /shop/basket/\nDisallow: /en/shop/basket/\n" in text
    assert "Sitemap: https://yinshan.example/sitemap.xml\n" in text
    assert "Disallow: /shop/\n" not in text
