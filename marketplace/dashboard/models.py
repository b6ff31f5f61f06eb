"""What was changed in the back office, for whoever asks later."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.querysets import ChangeQuerySet


class Change(models.Model):
    """Who changed what when, from which values to which. Written once, never rewritten.

    `subject` is the key of what was changed, as its room writes it. `before` and `after` hold
    values by field, None where there was nothing.
    """

    class Room(models.TextChoices):
        DELIVERY = "delivery", _("Delivery")
        STOCK = "stock", _("Stock")
        PARCEL = "parcel", _("Parcel")
        PAPER = "paper", _("Papers")
        WORDS = "words", _("Search words")
        SPECIALTY = "specialty", _("Specialties")
        REGION = "region", _("Regions")
        BADGE = "badge", _("Producers' pictures")
        RECOGNISED = "recognised", _("Recognitions")
        PLAN = "plan", _("Sales plan")
        KIND = "kind", _("Categories and modes")

    room = models.CharField(_("Room"), max_length=10, choices=Room.choices)
    subject = models.CharField(_("Subject"), max_length=60)
    before = models.JSONField(_("Before"), null=True)
    after = models.JSONField(_("After"), null=True)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Change")
        verbose_name_plural = _("Changes")
        indexes = [models.Index(fields=["room", "subject", "-id"], name="change_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.room} {self.subject}"
