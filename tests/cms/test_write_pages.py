"""Writing the first pages from texts; the real texts are held against it in the demo's tests."""

import pytest
from wagtail.models import Page

from cms.home.models import HomePage, SiteChrome, StandardPage
from cms.images.models import PageImage
from cms.images.querysets import WEBP_SPECS
from cms.services.pages import write_pages
from cms.stories.models import StoryPage
from tests.cms.conftest import publish
from tests.cms.texts import BRANDS, FAIRS, STORIES, both, pictured

pytestmark = pytest.mark.django_db


def section(title):
    return both(title=title, lead="一句话", link="去看看")


TEXTS = {
    "home": {
        **both(title="首页", description="阴山集", button="逛这一集"),
        "poem": ["两麦一薯一羊"],
        "poem_en": ["Two grains"],
        "notes": [both(title="一口价", text="每个包裹 8 元")],
        "specialties": section("四样本事"),
        "shelf": {**section("下锅"), "feature": 1, "goods": [2], **both(feature_text="蒸十分钟")},
        "story": {**section("下窖"), **both(kicker="故事", text="土味"), "page": "stories/cellar"},
        "fair": {
            **both(title="年货进京", text="先尝，再问，再买", button="看摊位"),
            **pictured("field.webp", "彩棚货摊"),
        },
        "producers": section("谁种的"),
        "stories": section("地里传来的"),
        "promises": [both(title="价钱说全", text="不再添一笔")],
    },
    "page": [
        {
            "slug": "rules",
            **both(title="平台规则", summary="谁能卖", body="<p>证照不全，不上架</p>"),
        },
    ],
    "chrome": {
        **both(tagline="一薯一羊", blurb="自己发货"),
        "icp_number": "",
        "police_number": "",
        "navigation": [
            {"label": "燕麦", "label_en": "Oats", "specialty": "oat"},
            {"label": "产地", "label_en": "Origins", "url": "/cooperatives/"},
        ],
        "footer": [
            {
                **both(title="看得见"),
                "links": [{"label": "故事", "label_en": "Stories", "page": "stories"}],
            }
        ],
        "legal": [{"label": "演示数据", "label_en": "Demonstration data"}],
    },
}


@pytest.fixture
def arguments(named):
    return {"texts": TEXTS, "stories": STORIES, "brands": BRANDS, "fair_texts": FAIRS, **named}


def test_pages_are_there_in_both_languages(client, arguments):
    write_pages(**arguments)
    html = client.get("/").content.decode()
    assert "两麦一薯一羊" in html
    assert 'href="/stories/cellar/">去看看</a>' in html
    english = client.get("/en/").content.decode()
    assert "Two grains" in english
    assert 'href="/en/stories/cellar/">English 去看看</a>' in english
    assert "证照不全，不上架" in client.get("/rules/").content.decode()
    links = client.get("/rules/").context["alternates"]
    assert [link["path"] for link in links] == ["/rules/", "/en/rules/", "/rules/"]


def test_navigation_and_footer_are_there_in_both_languages(client, arguments):
    write_pages(**arguments)
    chrome = client.get("/").context["chrome"]
    assert [item["label"] for item in chrome["nav"]] == ["燕麦", "产地"]
    assert chrome["nav"][0]["url"].startswith("/shop/c/oat_")
    assert chrome["legal"] == [{"label": "演示数据", "url": ""}]
    english = client.get("/en/").context["chrome"]
    assert english["footer"][0]["links"] == [{"label": "Stories", "url": "/en/stories/"}]


def test_writing_again_changes_nothing(arguments):
    write_pages(**arguments)
    before = list(Page.objects.order_by("pk").values("pk", "latest_revision_id"))
    assert len(before) == 19  # the root, and nine in each language
    write_pages(**arguments)
    assert list(Page.objects.order_by("pk").values("pk", "latest_revision_id")) == before
    assert PageImage.objects.count() == 4
    assert SiteChrome.objects.count() == 1


def test_what_an_editor_has_written_stays(arguments):
    write_pages(**arguments)
    publish(StandardPage.objects.get(url_path="/home/rules/"), title="规则改过")
    publish(StoryPage.objects.get(url_path="/home/stories/cellar/"), title="我们的故事")
    publish(HomePage.objects.get(slug="home"), title="开集")
    SiteChrome.objects.update(tagline="改过的")
    write_pages(**arguments)
    assert StandardPage.objects.get(url_path="/home/rules/").title == "规则改过"
    assert StoryPage.objects.get(url_path="/home/stories/cellar/").title == "我们的故事"
    assert HomePage.objects.get(slug="home").title == "开集"
    assert SiteChrome.objects.get().tagline == "改过的"


def test_pictures_are_ready_in_all_sizes_with_their_words(arguments):
    write_pages(**arguments)
    cellar = PageImage.objects.get(title="story-cellar.webp")
    assert cellar.alt_text == "一口土窖"
    assert cellar.renditions.count() == len(WEBP_SPECS)


def test_a_good_that_nobody_has_stops_everything(arguments):
    arguments["goods"] = {}
    with pytest.raises(KeyError):
        write_pages(**arguments)
    assert not StandardPage.objects.exists()
    assert not SiteChrome.objects.exists()
