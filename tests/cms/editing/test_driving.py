"""Wagtail's own admin, driven over HTTP for every kind of page that there is.

A new kind of page makes these tests fail until it has a row in KINDS.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models

from cms.brands.models import BrandIndexPage, BrandPage, CountyPage
from cms.expos.models import FairIndexPage, FairPage
from cms.home.models import HomePage, StandardPage
from cms.stories.models import StoryIndexPage, StoryPage
from marketplace.fairs.models import Fair
from tests.cms.conftest import publish
from tests.cms.editing.forms import page_form, text
from tests.cms.editing.test_review import decide
from tests.factories.fairs import FairFactory

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kind:
    """How a page of the kind is written in its form, and where it can stand.

    parents: makes two pages, below which it is created and moved to.
    is_single: there is one below a parent, so it is neither moved nor copied.
    values: of fields; what can be called is made for the form.
    """

    model: type[Page]
    values: dict = field(default_factory=dict)
    body: tuple = ()
    parents: Callable = lambda home: [home, plain(home, "elsewhere")]
    words: str = "风里都是土味"
    is_single: bool = False

    def form(self, **more):
        own = {name: value() if callable(value) else value for name, value in self.values.items()}
        values = {"title": "下窖", "slug": "cellar", "body": self.body, **own, **more}
        return page_form(**values)


def plain(home, slug):
    page = home.add_child(instance=StandardPage(title=f"在{slug}", slug=slug))
    page.save_revision().publish()
    return page


def two(index):
    """Two lists to stand in; the admin makes one of them, but rows may come otherwise."""
    return lambda home: [
        publish(home.add_child(instance=index(title=f"在{slug}", slug=slug)))
        for slug in ("here", "elsewhere")
    ]


def a_fair():
    return str((Fair.objects.first() or FairFactory()).pk)


BODY = (text("风里都是土味"),)
LISTS = [
    Kind(index, body=BODY, parents=lambda home: [home], is_single=True)
    for index in (BrandIndexPage, StoryIndexPage, FairIndexPage)
]
KINDS = [
    Kind(StandardPage, body=BODY),
    *LISTS,
    Kind(BrandPage, values={"colour": "oat"}, body=BODY, parents=two(BrandIndexPage)),
    Kind(CountyPage, values={"county": "150125"}, body=BODY, parents=two(BrandIndexPage)),
    Kind(
        StoryPage,
        values={"told_on": "2026-11-20", "teller": "守窖人（虚构）"},
        body=BODY,
        parents=two(StoryIndexPage),
    ),
    Kind(
        FairPage,
        values={"fair": a_fair, "headline": "", "thanks": ""},
        body=BODY,
        parents=two(FairIndexPage),
    ),
]
# Pages that there is one of in each language, made by a migration.
MADE_ONCE = {HomePage}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__name__)
every_kind_of_many = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if not kind.is_single], ids=lambda kind: kind.model.__name__
)


@pytest.fixture
def parents(kind, home):
    return kind.parents(home)


def create(client, kind, parent, **more):
    options = kind.model._meta
    names = [options.app_label, options.model_name, parent.pk]
    return client.post(reverse("wagtailadmin_pages:add", args=names), kind.form(**more))


def act(client, name, page, data=(), *more):
    return client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]), dict(data))


@pytest.fixture
def public(kind, parents, approver):
    create(approver, kind, parents[0], **{"action-publish": "1"})
    return kind.model.objects.get(slug="cellar")


def test_every_kind_of_page_is_driven():
    kinds = {kind.model for kind in KINDS} | MADE_ONCE | {Page}
    assert set(get_page_models()) - kinds == set()


@every_kind
def test_a_page_is_created_as_a_draft(client, kind, parents, editor):
    assert create(editor, kind, parents[0]).status_code == 302
    page = kind.model.objects.get(slug="cellar")
    assert not page.live
    assert client.get(page.get_url()).status_code == 404


@every_kind
def test_a_page_is_handed_in_and_approved(client, kind, parents, editor, approver):
    create(editor, kind, parents[0], **{"action-submit": "1"})
    page = kind.model.objects.get(slug="cellar")
    decide(approver, page, "approve")
    assert kind.words in client.get(page.get_url()).content.decode()


@every_kind
def test_a_page_is_published_changed_and_taken_back(client, kind, public, approver):
    page = client.get(public.get_url())
    assert page.status_code == 200
    assert "wagtail-userbar" not in page.content.decode()
    act(approver, "edit", public, kind.form(title="新名字", **{"action-publish": "1"}))
    assert "新名字" in client.get(public.get_url()).content.decode()
    act(approver, "unpublish", public)
    assert client.get(public.get_url()).status_code == 404


@every_kind_of_many
def test_a_page_is_moved(client, kind, public, parents, approver):
    old = public.get_url()
    assert act(approver, "move_confirm", public, [], parents[1].pk).status_code == 302
    moved = kind.model.objects.get(pk=public.pk)
    assert moved.get_parent().pk == parents[1].pk
    assert client.get(moved.get_url()).status_code == 200
    assert client.get(old).status_code in (301, 404)


@every_kind_of_many
def test_a_page_is_copied(kind, public, parents, editor):
    data = {
        "new_title": "副本",
        "new_slug": "copy",
        "new_parent_page": str(parents[1].pk),
        "copy_subpages": "",
    }
    assert act(editor, "copy", public, data).status_code == 302
    copy = kind.model.objects.get(slug="copy")
    assert (copy.title, copy.live) == ("副本", False)


@every_kind
def test_a_page_is_deleted(client, kind, public, approver):
    url = public.get_url()
    assert act(approver, "delete", public).status_code == 302
    assert not Page.objects.filter(pk=public.pk).exists()
    assert client.get(url).status_code == 404


@every_kind
def test_a_page_is_previewed_within_the_admin(kind, public, editor):
    """In a frame of our own, at each size that the panel offers."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[public.pk])
    answer = editor.post(address, kind.form(title="还没存的题目"))
    assert answer.json() == {"is_valid": True, "is_available": True}
    page = editor.get(address, {"mode": "", "in_preview_panel": "true"})
    assert "还没存的题目" in page.content.decode()
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "<wagtail-userbar" in page.content.decode()
    policy = page.headers.get("Content-Security-Policy", "")
    assert not policy or "frame-ancestors 'self'" in policy
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()
    assert 'data-device-width="375"' in form


@every_kind
def test_a_page_that_was_never_saved_is_previewed(kind, parents, editor):
    names = [kind.model._meta.app_label, kind.model._meta.model_name, parents[0].pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=names)
    answer = editor.post(address, kind.form(title="还没存的题目"))
    assert answer.json() == {"is_valid": True, "is_available": True}
    page = editor.get(address, {"mode": ""})
    assert page.status_code == 200
    assert "还没存的题目" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert not kind.model.objects.filter(slug="cellar").exists()


@every_kind
def test_a_page_can_be_spoken_about(kind, public, editor):
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).context["form"]
    assert "comments" in form.formsets


@every_kind
def test_a_page_gets_its_english_copy(
    client, kind, public, parents, editor, approver, english_home
):
    address = reverse("simple_translation:submit_page_translation", args=[public.pk])
    for page in parents[:1]:
        if not page.has_translation(english_home.locale):
            page.copy_for_translation(english_home.locale).save_revision().publish()
    answer = editor.post(address, {"locales": [english_home.locale.pk], "include_subtree": ""})
    assert answer.status_code == 302
    copy = public.get_translation(english_home.locale)
    act(approver, "edit", copy, kind.form(title="Into the cellar", **{"action-publish": "1"}))
    url = kind.model.objects.get(pk=copy.pk).get_url()
    assert url.startswith("/en/")
    assert "Into the cellar" in client.get(url).content.decode()
