"""Rights in the admin that come with a post, and end with it."""

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.accounts.roles import is_operator

OPERATORS = frozenset(
    {"wagtailadmin.access_admin", "images.view_pictureconsent", "images.change_pictureconsent"}
)


class PostBackend(BaseBackend):
    """Operators look after consents of persons, whoever writes and publishes the pages."""

    def get_user_permissions(self, user_obj: User, obj: Model | None = None) -> frozenset[str]:
        """Asked of the post once for a request."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return frozenset()
        if not hasattr(user_obj, "_rights_of_post"):
            runs = is_operator(user_obj, timezone.localdate())
            user_obj._rights_of_post = OPERATORS if runs else frozenset()
        return user_obj._rights_of_post
