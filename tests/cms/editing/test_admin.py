"""What editors and approvers can do in the admin, and who else cannot."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from catalog.models import Product
from cms.home.groups import ensure_groups
from cms.home.models import SiteChrome, StandardPage
from marketplace.accounts.models import User
from marketplace.search.models import SynonymGroup
from marketplace.search.services import index_objects
from tests.cms.conftest import publish
from tests.cms.editing.forms import list_of, page_form, text
from tests.factories import CooperativeFactory, ProductFactory, specialty

pytestmark = pytest.mark.django_db

PASSWORD = "yanmai-xiangle-2026"


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor@example.com", PASSWORD)
    user.groups.add(ensure_groups().editors)
    client.post("/account/login/", {"login": "editor@example.com", "password": PASSWORD})
    return user


@pytest.fixture
def approver(client):
    user = User.objects.create_user("approver@example.com", PASSWORD)
    user.groups.add(ensure_groups().approvers)
    client.force_login(user)
    return user


@pytest.fixture
def rules(home):
    return publish(home.add_child(instance=StandardPage(title="平台规则", slug="rules")))


def test_the_admin_sends_strangers_to_the_one_sign_in(client):
    first = client.get("/cms/")
    second = client.get(first.headers["Location"])
    assert second.headers["Location"] == "/account/login/?next=/cms/"


def test_the_admin_has_no_sign_in_and_no_password_page_of_its_own(client):
    assert client.get("/cms/login/").headers["Location"].startswith("/account/login/")
    assert client.get("/cms/password_reset/").headers["Location"] == "/account/password/reset/"


def test_whoever_may_not_edit_is_told_so(client):
    client.force_login(User.objects.create_user("wang@example.com"))
    response = client.get("/cms/", follow=True)
    assert response.status_code == 403


def test_an_editor_signs_in_and_finds_the_admin_in_chinese(client, editor):
    response = client.get("/cms/")
    assert response.status_code == 200
    assert 'lang="zh-hans"' in response.content.decode()
    assert client.get("/cms/login/").headers["Location"] == "/cms/"


def test_contact_and_password_are_not_changed_in_the_admin(client, editor):
    form = client.get("/cms/account/").content.decode()
    assert 'type="email"' not in form
    assert 'type="password"' not in form


def test_an_approver_publishes_a_page(client, approver, rules):
    data = page_form(body=[text("先公示，再实施。")], **{"action-publish": "1"})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[rules.pk]), data)
    assert response.status_code == 302
    assert "先公示，再实施。" in client.get("/rules/").content.decode()


def test_a_draft_does_not_show(client, editor, rules):
    data = page_form(body=[text("还没想好。")])
    client.post(reverse("wagtailadmin_pages:edit", args=[rules.pk]), data)
    assert "还没想好" not in client.get("/rules/").content.decode()


def test_an_approver_opens_and_previews_the_home_page(client, approver, home, image):
    product = ProductFactory()
    sections = [
        (
            "shelf",
            {
                "title": "下锅",
                "link": "",
                "lead": "",
                "rule": "chosen",
                "specialty": "",
                "count": "8",
                "goods": list_of([product.pk]),
                "feature": str(product.pk),
                "feature_text": "",
            },
        )
    ]
    data = nested_form_data(
        {
            "title": "首页",
            "slug": "home",
            "body": streamfield(sections),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, data).status_code == 302
    home.refresh_from_db()
    assert list(home.body[0].value["goods"]) == [product.pk]
    assert client.get(edit).status_code == 200
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[home.pk])
    assert client.post(preview, data).json()["is_valid"]
    assert product.title in client.get(preview).content.decode()


def test_goods_are_chosen_among_parents_and_found_by_words(client, editor):
    oats, lamb = ProductFactory(title="石磨莜面粉"), ProductFactory(title="羔羊肉卷")
    index_objects(model=Product, pks=[oats.pk, lamb.pk])
    chosen = client.get("/cms/product_chooser/results/").context["results"].object_list
    assert list(chosen) == [lamb, oats]
    for words in ("石磨", "shimo"):
        page = client.get("/cms/product_chooser/results/", {"q": words}).context["results"]
        assert [each.pk for each in page] == [oats.pk]
    answer = client.get(f"/cms/product_chooser/chosen/{oats.pk}/").json()
    assert answer["result"]["id"] == str(oats.pk)


def test_specialties_and_producers_can_be_chosen(client, editor):
    oat = specialty()
    cooperative = CooperativeFactory()
    shelves = oat.add_child(slug="flour", name="莜面")
    found = client.get("/cms/specialty_chooser/results/").context["results"].object_list
    assert list(found) == [oat]
    assert shelves not in found
    found = client.get("/cms/cooperative_chooser/results/").context["results"].object_list
    assert list(found) == [cooperative]


def test_an_approver_changes_navigation_and_footer(
    client, approver, django_capture_on_commit_callbacks
):
    chrome = SiteChrome.objects.create()
    client.get("/")
    address = reverse("wagtailsettings:edit", args=["home", "sitechrome", chrome.pk])
    assert client.get(address).status_code == 200
    link = {"label": "物产", "page": "", "url": "/shop/", "label_en": "Goods", "colour": "oat"}
    data = nested_form_data(
        {
            "tagline": "开集了",
            "tagline_en": "",
            "blurb": "",
            "blurb_en": "",
            "icp_number": "",
            "police_number": "",
            "navigation": streamfield([("link", link)]),
            "footer": streamfield([]),
            "legal": streamfield([]),
        }
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, data).status_code == 302
    html = client.get("/").content.decode()
    assert "开集了" in html
    assert 'href="/shop/">物产</a>' in html


@pytest.mark.parametrize("field", ["tagline", "blurb", "blurb_en", "icp_number"])
def test_what_stands_around_every_page_holds_no_claim(client, approver, field):
    chrome = SiteChrome.objects.create(tagline="开集了")
    address = reverse("wagtailsettings:edit", args=["home", "sitechrome", chrome.pk])
    empty = {name: streamfield([]) for name in ("navigation", "footer", "legal")}
    answer = client.post(address, nested_form_data({**empty, field: "全国最佳莜面"}))
    assert "最佳" in answer.context["form"].errors[field][0]
    chrome.refresh_from_db()
    assert chrome.tagline == "开集了"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/", "shop", "http://x.cn"])
def test_a_link_may_not_lead_just_anywhere(client, approver, url):
    chrome = SiteChrome.objects.create()
    address = reverse("wagtailsettings:edit", args=["home", "sitechrome", chrome.pk])
    link = {"label": "物产", "page": "", "url": url, "label_en": "", "colour": "oat"}
    data = nested_form_data(
        {
            "navigation": streamfield([("link", link)]),
            "footer": streamfield([]),
            "legal": streamfield([]),
        }
    )
    assert client.post(address, data).status_code == 200
    chrome.refresh_from_db()
    assert len(chrome.navigation) == 0


def test_an_editor_changes_synonyms(client, editor):
    count = SynonymGroup.objects.count()
    address = reverse(SynonymGroup.snippet_viewset.get_url_name("add"))
    assert client.post(address, {"words": "烧麦 稍麦 稍美"}).status_code == 302
    assert SynonymGroup.objects.count() == count + 1


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/groups/", "/cms/sites/"])
def test_an_editor_does_not_manage_people(client, editor, path):
    assert client.get(path).status_code == 302
