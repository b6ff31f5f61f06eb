"""Who may edit the pages."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Editors"  # Wagtail makes a group of this name; it gets what it lacks
# Beyond pages and images: into the admin, navigation and footer, synonyms.
PERMISSIONS = [
    ("wagtailadmin", "access_admin"),
    ("home", "change_sitechrome"),
    ("search", "add_synonymgroup"),
    ("search", "change_synonymgroup"),
    ("search", "delete_synonymgroup"),
]
PAGE_PERMISSIONS = [
    "add_page",
    "change_page",
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
]
IMAGE_PERMISSIONS = ["add_image", "change_image", "choose_image"]


def ensure_editor_group() -> Group:
    """The group of editors with all its rights; what it has beyond them it keeps."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    for app, codename in PERMISSIONS:
        group.permissions.add(_permission(app, codename))
    root = Page.get_first_root_node()
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=_permission("wagtailcore", codename)
        )
    collection = Collection.get_first_root_node()
    for codename in IMAGE_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_permission("wagtailimages", codename)
        )
    return group


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
