"""Taking a page off the site that others lead to: one is told, and visitors find no dead link."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.home.models import SiteChrome, StandardPage
from cms.home.tasks import publish_scheduled
from tests.cms.conftest import publish
from tests.cms.editing.test_deleting import link

pytestmark = pytest.mark.django_db
WARNING = "It is used here. Visitors will not see these links until it is published again:"


def warning_of(response):
    """The places named in the warning; empty without one."""
    with override("zh-hans"):
        _before, _warning, after = response.content.decode().partition(gettext(WARNING))
    return after.partition("</ul>")[0]


def off(page):
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def off_in_bulk(*pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    return f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}"


@pytest.fixture
def everywhere(story, home, indexed):
    """In the navigation, in a section of the home page, and in the middle of a text."""
    way = {"label": "读完", "page": story.pk}
    other = home.add_child(instance=StandardPage(title="别处", slug="other"))
    home.refresh_from_db()
    sentence = f'<p>见<a linktype="page" id="{story.pk}">那一天</a>的事</p>'
    with indexed():
        SiteChrome.objects.create(navigation=[("link", link(story))])
        publish(home, body=[("story", {"title": "下窖", "text": "土味", "link": way})])
        publish(other, body=[("text", {"text": sentence})])
    return story


@pytest.mark.parametrize("way", [off, off_in_bulk])
def test_it_is_said_where_a_page_is_used_before_it_is_taken_off(approver, everywhere, home, way):
    warning = warning_of(approver.get(way(everywhere)))
    assert str(SiteChrome._meta.verbose_name) in warning
    assert home.title in warning
    assert "别处" in warning


@pytest.mark.parametrize("way", [off, off_in_bulk])
def test_of_a_page_that_nobody_uses_nothing_is_said(approver, story, way):
    assert warning_of(approver.get(way(story))) == ""


def leads_to_it(client):
    return ["/story/" in client.get(path).content.decode() for path in ("/", "/other/")]


def test_visitors_find_no_dead_link_and_find_it_again_later(client, approver, everywhere, indexed):
    assert leads_to_it(client) == [True, True]
    with indexed():
        approver.post(off(everywhere))
    assert client.get("/story/").status_code == 404
    assert leads_to_it(client) == [False, False]
    assert "<p>见那一天的事</p>" in client.get("/other/").content.decode()
    with indexed():
        publish(StandardPage.objects.get(pk=everywhere.pk))
    assert leads_to_it(client) == [True, True]


def test_a_page_that_has_expired_leaves_no_dead_link(client, everywhere, indexed, time_machine):
    with indexed():
        publish(everywhere, expire_at=timezone.now() + timezone.timedelta(hours=1))
    assert leads_to_it(client) == [True, True]
    time_machine.move_to(timezone.now() + timezone.timedelta(hours=2))
    with indexed():
        publish_scheduled()
    assert leads_to_it(client) == [False, False]
