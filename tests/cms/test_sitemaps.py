"""Pages for search engines: every public one, with its alternates."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.home.models import StandardPage
from marketplace.shop import sitemaps
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://yinshan.example"


@pytest.fixture
def rules(home):
    return publish(home.add_child(instance=StandardPage(title="平台规则", slug="rules")))


@pytest.fixture
def english_rules(rules, english_home):
    return publish(rules.copy_for_translation(english_home.locale), slug="market-rules")


def path_of(address):
    return address.removeprefix("https://yinshan.example")


def listed(client, address="/sitemap-pages.xml"):
    """Paths, each with the languages and paths of its alternates."""
    tree = ElementTree.fromstring(client.get(address).content)
    return {
        path_of(url.findtext("map:loc", namespaces=NAMES)): {
            link.get("hreflang"): path_of(link.get("href"))
            for link in url.iterfind("x:link", NAMES)
        }
        for url in tree
    }


def test_the_index_names_the_pages_too(client):
    assert b"<loc>https://yinshan.example/sitemap-pages.xml</loc>" in (
        client.get("/sitemap.xml").content
    )


def test_a_page_stands_in_each_language_in_which_it_is_published(client, english_rules):
    homes = {"zh-Hans": "/", "en": "/en/"}
    rules = {"zh-Hans": "/rules/", "en": "/en/market-rules/"}
    assert listed(client) == {
        "/": homes,
        "/en/": homes,
        "/rules/": rules,
        "/en/market-rules/": rules,
    }
    english_rules.refresh_from_db()
    english_rules.unpublish()
    assert listed(client)["/rules/"] == {"zh-Hans": "/rules/"}
    assert "/en/market-rules/" not in listed(client)


def test_each_says_when_it_was_published_last(client, rules):
    rules.refresh_from_db()
    day = timezone.localdate(rules.last_published_at).isoformat()
    assert f"<lastmod>{day}</lastmod>" in client.get("/sitemap-pages.xml").content.decode()


def test_private_pages_and_those_below_are_not_told(client, rules):
    rules.add_child(instance=StandardPage(title="内部", slug="inner"))
    PageViewRestriction.objects.create(page=rules, restriction_type=PageViewRestriction.LOGIN)
    assert set(listed(client)) == {"/", "/en/"}


def test_many_pages_are_parted_without_parting_languages(client, english_rules, monkeypatch):
    monkeypatch.setattr(sitemaps, "ROWS_A_PAGE", 1)
    parts = [listed(client, f"/sitemap-pages.xml?p={number}") for number in (1, 2)]
    assert sorted(map(sorted, parts)) == [["/", "/en/"], ["/en/market-rules/", "/rules/"]]
    assert b"sitemap-pages.xml?p=2<" in client.get("/sitemap.xml").content


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_many(client, home, count, django_assert_num_queries):
    for number in range(count):
        home.add_child(instance=StandardPage(title="规则", slug=f"rules-{number}"))
    with django_assert_num_queries(5):
        assert len(listed(client)) == count + 2
