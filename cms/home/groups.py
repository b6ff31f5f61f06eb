"""Who may write, publish and arrange: the three groups of the admin.

What an administrator gave or took away since stays as it is, apart from what a group needs in
order to work at all. Wagtail brings two groups and a workflow with English names: they become ours.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.expos.models import FairIndexPage
from cms.home.review import ensure_review

EDITORS, ORGANISERS, APPROVERS = "编辑", "主办", "审稿人"
WAGTAIL_GROUPS = {"Editors": EDITORS, "Moderators": APPROVERS}
WAGTAIL_ROOT, ROOT = "Root", "全部页面"

WRITE = ("add_page", "change_page")
PUBLISH = (*WRITE, "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
IMAGES = ("add_image", "change_image", "choose_image")
ADMIN = (("wagtailadmin", "access_admin"),)
TRANSLATE = (("simple_translation", "submit_translation"),)
CONSENTS = tuple(("images", f"{verb}_pictureconsent") for verb in ("add", "change", "view"))
SYNONYMS = tuple(("search", f"{verb}_synonymgroup") for verb in ("add", "change", "delete"))
REDIRECTS = tuple(("wagtailredirects", f"{verb}_redirect") for verb in ("add", "change", "delete"))
CHROME = (("home", "change_sitechrome"),)


class Groups(NamedTuple):
    editors: Group
    organisers: Group
    approvers: Group


@transaction.atomic
def ensure_groups() -> Groups:
    """The three groups with all that they need, and the workflow that leads from one to the other.

    Editors and organisers write and hand in; only approvers publish, and what stands around every
    page (navigation, redirects) is theirs too, as it is public at once.
    """
    for old, new in WAGTAIL_GROUPS.items():
        _take_over(old, new)
    groups = Groups(*(Group.objects.get_or_create(name=name)[0] for name in _names()))
    Page.objects.filter(depth=1, title=WAGTAIL_ROOT).update(title=ROOT, draft_title=ROOT)
    root = Page.objects.filter(depth=1)
    _allow(groups.editors, (*ADMIN, *TRANSLATE, *CONSENTS, *SYNONYMS))
    _allow_pages(groups.editors, root, WRITE)
    _allow(groups.organisers, (*ADMIN, *TRANSLATE))
    _allow_fairs(groups.organisers)
    _allow_pages(groups.organisers, FairIndexPage.objects.all(), WRITE)
    _allow(groups.approvers, (*ADMIN, *TRANSLATE, *CONSENTS, *REDIRECTS, *CHROME))
    _allow_pages(groups.approvers, root, PUBLISH)
    for group in groups:
        _allow_images(group)
    ensure_review(approvers=groups.approvers)
    return groups


def allow_organisers(page: FairIndexPage) -> None:
    """To write below a list of fairs that has just been made, if there are organisers yet."""
    for group in Group.objects.filter(name=ORGANISERS):
        _allow_pages(group, [page], WRITE)


def _names() -> tuple[str, str, str]:
    return EDITORS, ORGANISERS, APPROVERS


def _take_over(old: str, new: str) -> None:
    """Once, when the group gets our name. Editors of an earlier market could publish.

    Documents would be public at once, past every review, and no page leads to one.
    """
    group = Group.objects.filter(name=old).first()
    if group is None or Group.objects.filter(name=new).exists():
        return
    group.name = new
    group.save(update_fields=["name"])
    group.collection_permissions.filter(permission__content_type__app_label="wagtaildocs").delete()
    if new == EDITORS:
        group.page_permissions.exclude(permission__codename__in=WRITE).delete()
        group.permissions.remove(*_permissions(CHROME))


def _permissions(wanted: Iterable[tuple[str, str]]) -> list[Permission]:
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in wanted
    ]


def _allow(group: Group, wanted: Iterable[tuple[str, str]]) -> None:
    group.permissions.add(*_permissions(wanted))


def _allow_fairs(group: Group) -> None:
    """Rows of fairs are added, changed and seen; none is deleted by hand."""
    fairs = Permission.objects.filter(content_type__app_label="fairs")
    group.permissions.add(*fairs.exclude(codename__startswith="delete_"))


def _allow_pages(group: Group, pages: Iterable[Page], codenames: Iterable[str]) -> None:
    for page in pages:
        for permission in _permissions(("wagtailcore", name) for name in codenames):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_images(group: Group) -> None:
    collection = Collection.get_first_root_node()
    for permission in _permissions(("wagtailimages", name) for name in IMAGES):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
