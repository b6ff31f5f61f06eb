"""What others lead to is not deleted; taken off the site it is after a warning."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page

from cms.home.models import SiteChrome, StandardPage
from tests.cms.conftest import publish, shelf

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def delete_in_bulk(client, *pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}")


def link(page):
    return {"label": "故事", "page": page.pk, "url": "", "label_en": "", "colour": "oat"}


@pytest.fixture
def in_navigation(story, indexed):
    with indexed():
        SiteChrome.objects.create(navigation=[("link", link(story))])
    return story


@pytest.fixture
def in_text(story, home, indexed):
    way = {"label": "读完", "page": story.pk}
    with indexed():
        publish(home, body=[("story", {"title": "下窖", "text": "土味", "link": way})])
    return story


@pytest.mark.parametrize("how", [delete, delete_in_bulk])
def test_a_page_in_the_navigation_stays(approver, in_navigation, how):
    answer = how(approver, in_navigation)
    assert answer.status_code == 302
    assert str(SiteChrome._meta.verbose_name) in said(answer)[0]
    assert StandardPage.objects.filter(pk=in_navigation.pk).exists()


@pytest.mark.parametrize("how", [delete, delete_in_bulk])
def test_a_page_that_a_text_leads_to_stays_and_the_text_is_named(approver, in_text, home, how):
    answer = how(approver, in_text)
    assert home.title in said(answer)[0]
    assert StandardPage.objects.filter(pk=in_text.pk).exists()


def test_a_page_stays_when_one_below_it_is_needed(approver, in_navigation, expos):
    in_navigation.move(expos, pos="last-child")
    delete(approver, Page.objects.get(pk=expos.pk))
    assert Page.objects.filter(pk__in=[expos.pk, in_navigation.pk]).count() == 2


def test_of_chosen_pages_none_is_deleted_when_one_is_needed(approver, in_navigation, expos):
    delete_in_bulk(approver, expos, in_navigation)
    assert Page.objects.filter(pk__in=[expos.pk, in_navigation.pk]).count() == 2


def test_a_page_that_nobody_needs_is_deleted_with_what_is_below(approver, story, indexed):
    below = story.add_child(instance=StandardPage(title="下面", slug="below", body=[shelf()]))
    story.refresh_from_db()
    story.body = [("text", {"text": f'<p><a linktype="page" id="{below.pk}">下面</a></p>'})]
    with indexed():
        publish(story)
    assert delete(approver, story).status_code == 302
    assert not Page.objects.filter(pk__in=[story.pk, below.pk]).exists()


def test_an_editor_deletes_no_public_page(editor, story):
    delete(editor, story)
    assert StandardPage.objects.filter(pk=story.pk).exists()
