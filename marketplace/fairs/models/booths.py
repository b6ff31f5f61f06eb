"""Where exhibitors stand: zones, booths, and who has which."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from marketplace.fairs.models.exhibitors import Exhibitor
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.querysets import AllotmentQuerySet, BoothQuerySet
from marketplace.localised import localised
from marketplace.pictures import Colour


class Zone(Orderable):
    """A part of the hall with goods of one kind; its letter begins the numbers of its booths."""

    fair = ParentalKey(Fair, on_delete=models.CASCADE, related_name="zones")
    code = models.CharField(
        _("Letter"), max_length=2, validators=[RegexValidator(r"^[A-Z]{1,2}\Z")]
    )
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True)
    colour = models.CharField(
        _("Colour"), max_length=6, choices=Colour.choices, default=Colour.NEAR
    )

    class Meta(Orderable.Meta):
        verbose_name = _("Zone")
        verbose_name_plural = _("Zones")
        constraints = [
            models.UniqueConstraint(fields=["fair", "code"], name="zone_code_once_per_fair")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name_text(self) -> str:
        return localised(self, "name")


class Booth(models.Model):
    """One stand; `size` in square metres."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="booths")
    zone = models.ForeignKey(Zone, models.PROTECT, verbose_name=_("Zone"), related_name="booths")
    number = models.CharField(
        _("Number"), max_length=8, validators=[RegexValidator(r"^[A-Z]{1,2}\d{2,3}\Z")]
    )
    size = models.DecimalField(
        _("Square metres"), max_digits=5, decimal_places=1, validators=[MinValueValidator(1)]
    )

    objects = BoothQuerySet.as_manager()

    class Meta:
        verbose_name = _("Booth")
        verbose_name_plural = _("Booths")
        constraints = [
            models.UniqueConstraint(fields=["fair", "number"], name="booth_number_once_per_fair"),
            models.CheckConstraint(condition=Q(size__gt=0), name="booth_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.number


class Allotment(models.Model):
    """A booth given to an exhibitor. It is active until it is released.

    First it is held: the exhibitor confirms before `held_until`, or it is released. `reason` is
    what the organiser wrote, or one of `Ending`; `why` is how it is read.
    """

    class Ending(models.TextChoices):
        """Why it was released when nobody wrote a reason: each reads it in their own language."""

        GIVEN_BACK = "given_back", _("Given back by the exhibitor.")
        NOT_CONFIRMED = "not_confirmed", _("It was not confirmed in time.")
        WITHDRAWN = "withdrawn", _("The exhibitor has withdrawn.")
        DECLINED = "declined", _("The exhibitor was declined.")

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="allotments")
    booth = models.ForeignKey(Booth, models.PROTECT, related_name="allotments")
    exhibitor = models.ForeignKey(Exhibitor, models.PROTECT, related_name="allotments")
    made_at = models.DateTimeField(_("Allotted at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    held_until = models.DateTimeField(_("Held until"))
    confirmed_at = models.DateTimeField(_("Confirmed at"), null=True)
    released_at = models.DateTimeField(_("Released at"), null=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Allotment")
        verbose_name_plural = _("Allotments")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "booth"],
                condition=Q(released_at__isnull=True),
                name="allotment_one_active_per_booth",
            ),
            models.UniqueConstraint(
                fields=["fair", "exhibitor"],
                condition=Q(released_at__isnull=True),
                name="allotment_one_active_per_exhibitor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booth}: {self.exhibitor}"

    @property
    def why(self) -> str:
        known = self.reason in self.Ending.values
        return str(self.Ending(self.reason).label) if known else self.reason

    def is_in_force_at(self, now: datetime) -> bool:
        """Whether it takes the booth then: confirmed, or held and not past its time."""
        if self.released_at is not None:
            return False
        return self.confirmed_at is not None or now < self.held_until
