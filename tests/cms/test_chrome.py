import pytest

from cms.home.chrome import build_chrome, read_chrome
from cms.home.models import SiteChrome, StandardPage
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(home):
    return publish(home.add_child(instance=StandardPage(title="平台规则", slug="rules")))


@pytest.fixture
def chrome(rules):
    return SiteChrome.objects.create(
        tagline="两麦一薯一羊",
        tagline_en="Two grains, a potato, a sheep",
        navigation=[
            ("link", {"label": "物产", "label_en": "Goods", "url": "/shop/", "colour": "oat"})
        ],
        footer=[
            (
                "column",
                {
                    "title": "规则",
                    "title_en": "Rules",
                    "links": [{"label": "平台规则", "label_en": "Market rules", "page": rules.pk}],
                },
            )
        ],
        legal=[("link", {"label": "营业执照（公示）", "url": "/licences/"})],
        icp_number="京ICP备00000000号",
    )


def test_every_page_has_navigation_and_footer(client, chrome):
    html = client.get("/").content.decode()
    assert "两麦一薯一羊" in html
    assert '<a href="/rules/">平台规则</a>' in html
    assert '<a href="/licences/">营业执照（公示）</a>' in html
    assert '<a href="https://beian.miit.gov.cn/">京ICP备00000000号</a>' in html


def test_english_pages_have_english_words_and_addresses(chrome):
    english = build_chrome("en")
    assert english["tagline"] == "Two grains, a potato, a sheep"
    assert english["nav"] == [{"label": "Goods", "url": "/en/shop/", "colour": "oat"}]
    assert english["footer"][0]["title"] == "Rules"
    assert english["footer"][0]["links"] == [{"label": "Market rules", "url": "/rules/"}]


def test_words_without_english_stay_chinese(chrome):
    assert build_chrome("en")["legal"][0]["label"] == "营业执照（公示）"


def test_the_place_where_the_visitor_is_is_marked(client, chrome):
    assert client.get("/shop/").context["chrome"]["nav"][0]["active"]
    assert not client.get("/").context["chrome"]["nav"][0]["active"]


@pytest.mark.parametrize(
    ("path", "active"), [("/", True), ("/shop/", False), ("/en/", True), ("/en/shop/", False)]
)
def test_a_link_to_the_home_page_is_marked_there_alone(client, path, active):
    SiteChrome.objects.create(navigation=[("link", {"label": "首页", "url": "/"})])
    [link] = client.get(path).context["chrome"]["nav"]
    assert link["url"] == ("/en/" if path.startswith("/en/") else "/")
    assert link["active"] is active


def test_a_kept_navigation_costs_no_query(chrome, django_assert_num_queries):
    with django_assert_num_queries(2):  # the row and its pages
        read_chrome("zh-hans")
    with django_assert_num_queries(0):
        read_chrome("zh-hans")


def test_a_change_shows_at_once(client, chrome, django_capture_on_commit_callbacks):
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        chrome.tagline = "开集了"
        chrome.save()
    assert "开集了" in client.get("/").content.decode()


def test_links_follow_their_page(client, chrome, rules, django_capture_on_commit_callbacks):
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        publish(rules, slug="guize")
    assert '<a href="/guize/">平台规则</a>' in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        rules.unpublish()
    assert "平台规则" not in client.get("/").content.decode()


def test_the_shop_opens_before_anybody_has_written_a_navigation(client):
    assert client.get("/").status_code == 200
    assert not SiteChrome.objects.exists()


def test_what_was_read_before_a_change_is_not_kept_after_it(
    chrome, monkeypatch, django_capture_on_commit_callbacks
):
    """As when somebody opens a page in the moment in which an approver saves."""

    def change_meanwhile(language):
        old = build_chrome(language)
        with django_capture_on_commit_callbacks(execute=True):
            chrome.tagline = "开集了"
            chrome.save()
        return old

    monkeypatch.setattr("cms.home.chrome.build_chrome", change_meanwhile)
    assert read_chrome("zh-hans")["tagline"] == "两麦一薯一羊"
    monkeypatch.undo()
    assert read_chrome("zh-hans")["tagline"] == "开集了"
