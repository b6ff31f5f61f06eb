"""Three groups, one workflow; what an administrator decided stays."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Workflow

from cms.home.groups import ensure_groups
from cms.home.review import REVIEW, ensure_review

pytestmark = pytest.mark.django_db


def rights(group):
    pages = group.page_permissions.values_list("page_id", "permission__codename")
    images = group.collection_permissions.values_list("collection_id", "permission__codename")
    models = group.permissions.values_list("content_type__app_label", "codename")
    return sorted(pages), sorted(images), sorted(models)


def codenames(group, page):
    found = group.page_permissions.filter(page=page)
    return set(found.values_list("permission__codename", flat=True))


def test_only_approvers_may_publish(groups):
    root = Page.objects.get(depth=1)
    assert codenames(groups.editors, root) == {"add_page", "change_page"}
    assert "publish_page" in codenames(groups.approvers, root)
    assert not groups.organisers.page_permissions.exists()


def test_nobody_puts_documents_before_the_public(groups, editor, approver):
    for client in (editor, approver):
        assert client.get("/cms/documents/multiple/add/").status_code == 302
        assert "/cms/documents/" not in client.get("/cms/").content.decode()


def test_wagtails_groups_and_workflow_become_ours(groups):
    names = set(Group.objects.values_list("name", flat=True))
    assert {"编辑", "主办", "审稿人"} <= names
    assert not {"Editors", "Moderators"} & names
    [workflow] = Workflow.objects.all()
    assert workflow.name == REVIEW
    [task] = workflow.tasks
    assert task.name == REVIEW
    assert list(task.specific.groups.all()) == [groups.approvers]
    assert Page.objects.get(depth=1).get_workflow() == workflow


def test_without_wagtails_workflow_ours_is_made(groups):
    Workflow.objects.all().delete()
    workflow = ensure_review(approvers=groups.approvers)
    assert [list(task.specific.groups.all()) for task in workflow.tasks] == [[groups.approvers]]
    assert Page.objects.get(depth=1).get_workflow() == workflow


def test_editors_of_an_earlier_market_lose_the_right_to_publish(db):
    editors = Group.objects.get(name="Editors")
    root = Page.objects.get(depth=1)
    permission = GroupPagePermission.objects.get(
        group__name="Moderators", page=root, permission__codename="publish_page"
    ).permission
    GroupPagePermission.objects.create(group=editors, page=root, permission=permission)
    assert "publish_page" not in codenames(ensure_groups().editors, root)


def test_making_the_groups_again_changes_nothing(groups, expos):
    first = ensure_groups()
    before = [rights(group) for group in first]
    assert ensure_groups() == first
    assert [rights(group) for group in first] == before
    assert Workflow.objects.count() == 1


def test_what_an_administrator_changed_stays(groups):
    workflow = Workflow.objects.get()
    workflow.workflow_tasks.all().delete()
    root = Page.objects.get(depth=1)
    more = GroupPagePermission.objects.get(
        group=groups.approvers, page=root, permission__codename="publish_page"
    ).permission
    GroupPagePermission.objects.create(group=groups.editors, page=root, permission=more)
    ensure_groups()
    assert not workflow.workflow_tasks.exists()
    assert "publish_page" in codenames(groups.editors, root)


def test_organisers_write_below_the_list_of_fairs_and_in_no_other_place(organiser, expos, home):
    assert expos.permissions_for_user(organiser.user).can_add_subpage()
    assert not expos.permissions_for_user(organiser.user).can_publish_subpage()
    assert not home.permissions_for_user(organiser.user).can_add_subpage()


def test_organisers_keep_the_rows_of_fairs(organiser):
    assert organiser.user.has_perms(
        ["fairs.add_fair", "fairs.change_fair", "fairs.view_fair", "fairs.add_organisation"]
    )
    assert not organiser.user.has_perm("fairs.delete_fair")
    assert not organiser.user.has_perm("images.view_pictureconsent")
