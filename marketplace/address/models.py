"""Chinese addresses on Oscar's columns.

recipient → first_name, mobile → phone_number, province → state, city → line4,
district → line3, street → line2, detail → line1. The names are copied when the address is
written, so that a later change of the official list does not rewrite an old order;
`region` keeps the code of the street, or of the district where no street is chosen.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractUserAddress

from catalog.origins.models import Region
from marketplace.address.querysets import UserAddressQuerySet

CHINA = "CN"


class ChineseAddress(models.Model):
    """What a courier in China needs, in the order in which it is written."""

    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name=_("Region")
    )

    base_fields = ("state", "line4", "line3", "line2", "line1")
    search_fields = ("first_name", *base_fields)

    class Meta:
        abstract = True

    @property
    def recipient(self) -> str:
        return self.first_name

    @property
    def mobile(self) -> str:
        return self.phone_number.as_national.replace(" ", "") if self.phone_number else ""

    @property
    def summary(self) -> str:
        """From the province down to the door, without separators."""
        return "".join(filter(None, (getattr(self, name) for name in self.base_fields)))

    def place(self, region: Region) -> None:
        """Copy the names of the region and of all above it; it must come with_parents()."""
        columns = {
            Region.Level.PROVINCE: "state",
            Region.Level.CITY: "line4",
            Region.Level.DISTRICT: "line3",
            Region.Level.STREET: "line2",
        }
        for column in columns.values():
            setattr(self, column, "")
        self.region = region
        while region is not None:
            setattr(self, columns[region.level], region.name)
            region = region.parent


class UserAddress(ChineseAddress, AbstractUserAddress):
    """An address that a buyer keeps; one of them is the default.

    Oscar's hash over recipient and place makes sure that none is kept twice.
    """

    hash_fields = ("first_name", *ChineseAddress.base_fields)

    objects = UserAddressQuerySet.as_manager()

    class Meta(AbstractUserAddress.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default_for_shipping=True),
                name="address_one_default_per_user",
            ),
        ]

    def __str__(self) -> str:
        return self.summary


from oscar.apps.address.models import *
