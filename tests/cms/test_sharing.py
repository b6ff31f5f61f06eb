"""What search engines and messengers read of pages."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils.translation import gettext
from PIL import Image

from cms.brands.models import BrandIndexPage
from cms.images.services import make_page_renditions
from cms.stories.models import StoryIndexPage, StoryPage
from tests.cms.conftest import lead, publish
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
MARKET = "Fields and sheep before the Yinshan mountains, a truck on its way to Beijing"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://yinshan.example"


@pytest.fixture
def story(home, image):
    make_page_renditions(image=image)
    stories = publish(home.add_child(instance=StoryIndexPage(title="故事", slug="stories")))
    page = StoryPage(title='下窖"那天"', slug="cellar", introduction="九月末", image=image)
    return publish(stories.add_child(instance=page))


def tags(client, path):
    html = client.get(path).content.decode()
    rows = [part.partition('">')[0] for part in html.split('<meta property="')[1:]]
    return dict(row.split('" content="', 1) for row in rows)


def nodes(client, path):
    html = client.get(path).content.decode()
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def test_a_story_is_shared_with_title_sentence_and_picture(client, story):
    found = tags(client, "/stories/cellar/")
    assert found["og:type"] == "article"
    assert found["og:title"] == "下窖&quot;那天&quot;"
    assert found["og:description"] == "九月末"
    assert found["og:url"] == "https://yinshan.example/stories/cellar/"
    assert found["og:locale"] == "zh_CN"
    assert found["og:image"].startswith("https://yinshan.example/")
    assert found["og:image"].endswith(".webp")
    assert found["og:image:alt"] == "田野"


def test_home_is_shared_by_the_name_of_the_market(client, home, image):
    publish(home, body=[lead(image)])
    found = tags(client, "/")
    assert (found["og:type"], found["og:title"]) == ("website", "阴山集")
    assert found["og:image"].startswith("https://yinshan.example/")
    assert found["og:locale:alternate"] == "en_US"
    assert tags(client, "/en/")["og:locale"] == "en_US"


def test_home_says_who_we_are(client, home):
    data = nodes(client, "/")
    assert data["Organization"]["url"] == "https://yinshan.example/"
    assert "BreadcrumbList" not in data


def test_pages_below_home_have_their_trail(client, home, story):
    publish(home.add_child(instance=BrandIndexPage(title="品牌", slug="brands")))
    for path in ("/stories/", "/stories/cellar/", "/brands/"):
        trail = nodes(client, path)["BreadcrumbList"]["itemListElement"]
        assert trail[0]["item"] == "https://yinshan.example/"
        assert trail[-1]["item"] == f"https://yinshan.example{path}"


def test_a_good_is_shared_too(client):
    product = ProductFactory()
    found = tags(client, product.get_absolute_url())
    assert found["og:title"] == product.title
    assert found["og:url"] == f"https://yinshan.example{product.get_absolute_url()}"


def test_what_has_no_picture_is_shared_with_the_market_s(client, home):
    """As a JPEG of the size that every messenger reads."""
    publish(home.add_child(instance=StoryIndexPage(title="故事", slug="stories")))
    for path in ("/", "/stories/", "/shop/", "/cooperatives/"):
        found = tags(client, path)
        assert found["og:image"] == "https://yinshan.example/static/img/share.jpg"
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert found["og:image:alt"] == gettext(MARKET)


def test_the_market_s_picture_is_small_enough_to_be_fetched():
    path = Path(finders.find("img/share.jpg"))
    assert path.stat().st_size < 300_000
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))


def test_new_kinds_of_pages_stand_in_the_sitemap(client, story):
    assert b"<loc>https://yinshan.example/stories/cellar/</loc>" in (
        client.get("/sitemap-pages.xml").content
    )
