"""Reading the addresses that buyers keep."""

from typing import Self

from django.db import models

from marketplace.accounts.models import User


class UserAddressQuerySet(models.QuerySet):
    def kept_by(self, user: User) -> Self:
        """The user's own, the default first, then the newest, with the whole path of regions."""
        return (
            self.filter(user=user, region__isnull=False)
            .select_related("region__parent__parent__parent")
            .order_by("-is_default_for_shipping", "-pk")
        )
