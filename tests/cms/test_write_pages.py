"""Writing the first pages from texts; the real texts are held against it in the demo's tests."""

import pytest

from cms.home.models import HomePage, SiteChrome, StandardPage
from cms.images.models import PageImage
from cms.services.pages import write_pages
from tests.cms.conftest import picture_file, publish
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def both(**words):
    return {**words, **{f"{name}_en": f"English {word}" for name, word in words.items()}}


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
        "producers": section("谁种的"),
        "promises": [both(title="价钱说全", text="不再添一笔")],
    },
    "page": [
        {"slug": "stories", **both(title="品牌故事", summary="地里的事", body="<p>故事</p>")},
        {
            "slug": "stories/cellar",
            **both(title="下窖那天", summary="九月末", body="<p>窖口朝南</p>", goods_title="几样"),
            "image": "story-cellar.webp",
            "image_alt": "一口土窖",
            "cooperative": "P4",
            "goods": [1, 2],
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
def arguments(tmp_path):
    for name in ("home.webp", "home-m.webp", "story-cellar.webp"):
        (tmp_path / name).write_bytes(picture_file().read())
    first, second = ProductFactory.create_batch(2)
    return {
        "texts": TEXTS,
        "images": tmp_path,
        "goods": {1: first.pk, 2: second.pk},
        "cooperatives": {"P4": first.cooperative_id},
    }


def test_pages_are_there_in_both_languages(client, arguments):
    write_pages(**arguments)
    html = client.get("/").content.decode()
    assert "两麦一薯一羊" in html
    assert 'href="/stories/cellar/">去看看</a>' in html
    english = client.get("/en/").content.decode()
    assert "Two grains" in english
    assert 'href="/en/stories/cellar/">English 去看看</a>' in english
    assert "窖口朝南" in client.get("/stories/cellar/").content.decode()
    links = client.get("/stories/").context["alternates"]
    assert [link["path"] for link in links] == ["/stories/", "/en/stories/", "/stories/"]


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
    before = list(StandardPage.objects.order_by("pk").values("pk", "latest_revision_id"))
    homes = list(HomePage.objects.order_by("pk").values("pk", "latest_revision_id"))
    write_pages(**arguments)
    assert list(StandardPage.objects.order_by("pk").values("pk", "latest_revision_id")) == before
    assert list(HomePage.objects.order_by("pk").values("pk", "latest_revision_id")) == homes
    assert PageImage.objects.count() == 3
    assert SiteChrome.objects.count() == 1


def test_what_an_editor_has_written_stays(arguments):
    write_pages(**arguments)
    publish(StandardPage.objects.get(url_path="/home/stories/"), title="我们的故事")
    publish(HomePage.objects.get(slug="home"), title="开集")
    SiteChrome.objects.update(tagline="改过的")
    write_pages(**arguments)
    assert StandardPage.objects.get(url_path="/home/stories/").title == "我们的故事"
    assert HomePage.objects.get(slug="home").title == "开集"
    assert SiteChrome.objects.get().tagline == "改过的"


def test_pictures_are_ready_in_all_sizes_with_their_words(arguments):
    write_pages(**arguments)
    cellar = PageImage.objects.get(title="story-cellar.webp")
    assert cellar.alt_text == "一口土窖"
    assert cellar.renditions.count() == 6


def test_a_good_that_nobody_has_stops_everything(arguments):
    arguments["goods"] = {}
    with pytest.raises(KeyError):
        write_pages(**arguments)
    assert not StandardPage.objects.exists()
    assert not SiteChrome.objects.exists()
