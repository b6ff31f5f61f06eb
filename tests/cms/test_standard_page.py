import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from cms.blocks.language import page_address
from cms.home.models import HomePage, StandardPage
from tests.cms.conftest import publish, shelf
from tests.factories import CooperativeFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(home):
    page = StandardPage(
        title="平台规则",
        slug="rules",
        introduction="谁能卖，怎么卖。",
        search_description="平台规则全文",
        body=[("text", {"text": "<h2>谁在卖</h2><p>合作社自己上架。</p>"})],
    )
    return publish(home.add_child(instance=page))


def test_plain_page_shows_its_text_under_its_trail(client, rules):
    html = client.get("/rules/").content.decode()
    assert "<h2" in html
    assert "合作社自己上架。" in html
    assert '<meta name="description" content="平台规则全文">' in html
    assert '<a href="/">首页</a>' in html


def test_page_without_translation_is_not_found_in_english(client, rules):
    response = client.get("/en/rules/")
    assert response.status_code == 404
    assert '<html lang="en"' in response.content.decode()


def test_page_without_translation_leads_to_the_english_home(client, rules):
    response = client.get("/rules/")
    assert response.context["other_language"] == {"label": "English", "url": "/en/"}
    assert [row["language"] for row in response.context["alternates"]] == [
        "zh-Hans",
        "x-default",
    ]


def test_translated_page_leads_to_its_translation(client, rules, english_home):
    english = StandardPage(
        title="Market rules",
        slug="market-rules",
        locale=Locale.objects.get(language_code="en"),
        translation_key=rules.translation_key,
    )
    publish(english_home.add_child(instance=english))
    response = client.get("/rules/")
    assert response.context["other_language"]["url"] == "/en/market-rules/"
    assert {row["path"] for row in response.context["alternates"]} == {
        "/rules/",
        "/en/market-rules/",
    }
    assert client.get("/en/market-rules/").context["other_language"]["url"] == "/rules/"


def test_our_addresses_of_pages_are_those_that_wagtail_finds(rules, home, english_home):
    home.add_child(instance=StandardPage(title="品牌故事", slug="stories")).add_child(
        instance=StandardPage(title="下窖那天", slug="cellar")
    )
    rules.copy_for_translation(english_home.locale)
    pages = Page.objects.filter(depth__gt=1).order_by("path")
    addresses = [page_address(page) for page in pages]
    assert addresses == [page.get_url() for page in pages]
    assert addresses == ["/", "/rules/", "/stories/", "/stories/cellar/", "/en/", "/en/rules/"]


@pytest.mark.parametrize("path", ["/rules/a/", "/rules/draft/", "/" + "a/" * 1500])
def test_an_address_that_no_page_has_is_not_found(client, rules, path):
    rules.add_child(instance=StandardPage(title="还没写完", slug="draft", live=False))
    assert client.get(path).status_code == 404


def test_a_third_home_page_cannot_be_made(home):
    assert not HomePage.can_create_at(home.get_parent())


def test_stories_list_what_stands_below_them(client, home, image):
    stories = home.add_child(instance=StandardPage(title="品牌故事", slug="stories"))
    publish(stories)
    cellar = StandardPage(title="下窖那天", slug="cellar", introduction="九月末", image=image)
    publish(stories.add_child(instance=cellar))
    stories.add_child(instance=StandardPage(title="还没写完", slug="draft", live=False))
    html = client.get("/stories/").content.decode()
    assert '<a href="/stories/cellar/">下窖那天</a>' in html
    assert "还没写完" not in html


def test_a_story_shows_who_grows_it_and_live_goods(client, home):
    product = ProductFactory(cooperative=CooperativeFactory(name="薯窖人（虚构）"))
    body = [
        ("producer", {"cooperative": product.cooperative_id}),
        shelf(title="这口窖里的几样", goods=[product.pk]),
    ]
    page = home.add_child(instance=StandardPage(title="下窖那天", slug="cellar", body=body))
    publish(page)
    html = client.get("/cellar/").content.decode()
    assert "薯窖人（虚构）" in html
    assert product.title in html


def test_private_page_is_kept_by_no_cache(client, rules, django_user_model):
    PageViewRestriction.objects.create(page=rules, restriction_type=PageViewRestriction.LOGIN)
    asked = client.get("/rules/")
    assert client.get(asked.headers["Location"]).headers["Location"] == (
        "/account/login/?next=/rules/"
    )
    client.force_login(django_user_model.objects.create_user("a@example.com"))
    response = client.get("/rules/")
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
