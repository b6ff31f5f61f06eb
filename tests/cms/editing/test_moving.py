"""A page is moved only to where it can be; what is refused is said in our own words."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page

from cms.home.models import StandardPage
from tests.cms.editing.test_deleting import delete, delete_in_bulk, said

pytestmark = pytest.mark.django_db


def words(message, **values):
    with override("zh-hans"):
        return f"{gettext(message)}" % values


def move(client, page, target):
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))


def tree():
    return list(Page.objects.order_by("path").values_list("pk", "path", "depth", "numchild"))


@pytest.mark.parametrize("ask", ["get", "post"])
@pytest.mark.parametrize("depth", [0, 1])
def test_a_page_is_not_moved_below_itself(approver, story, ask, depth):
    below = story.add_child(instance=StandardPage(title="下面", slug="below"))
    before = tree()
    target = (story, below)[depth]
    address = reverse("wagtailadmin_pages:move_confirm", args=[story.pk, target.pk])
    answer = getattr(approver, ask)(address)
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_explore", args=[story.get_parent().pk])
    refusal = "Nothing was moved: “%(page)s” cannot lie below itself."
    assert said(answer) == [words(refusal, page="下窖那天")]
    assert tree() == before


def test_a_page_is_not_moved_to_where_its_kind_does_not_belong(approver, story, expos):
    before = tree()
    refusal = "Nothing was moved: below “%(parent)s” there are no pages of the kind “%(kind)s”."
    told = words(refusal, parent="展销会", kind="普通页面")
    assert said(move(approver, story, expos)) == [told]
    assert tree() == before


def test_a_page_is_not_moved_into_the_other_language(approver, story, english_home):
    before = tree()
    refusal = "Nothing was moved: “%(parent)s” is in another language."
    told = words(refusal, parent=english_home.get_admin_display_title())
    assert said(move(approver, story, english_home)) == [told]
    assert tree() == before


def test_whoever_may_not_move_a_page_hears_nothing_of_where_it_could_be(editor, story, expos):
    before = tree()
    answer = move(editor, story, expos)
    assert answer.status_code in (302, 403)
    assert not any("展销会" in told for told in said(answer))
    assert tree() == before


def test_a_page_is_moved_to_where_it_can_be(approver, home, story):
    other = home.add_child(instance=StandardPage(title="别处", slug="other"))
    move(approver, story, other)
    assert Page.objects.get(pk=story.pk).get_parent().pk == other.pk


def test_the_home_page_stays_where_it_is_and_is_not_deleted(approver, home, story):
    before = tree()
    assert said(move(approver, home, story)) == [
        words("Nothing was moved: the home page stays where it is.")
    ]
    move(approver, home, Page.objects.get(depth=1))
    delete(approver, home)
    delete_in_bulk(approver, home)
    assert tree() == before
