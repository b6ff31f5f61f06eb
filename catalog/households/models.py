"""The register of assisted households, kept by county staff; who a household is stays in here.

Others know a household by its `code` alone. Poverty is treated as sensitive personal data
(个人信息保护法 28): name, number, phone and address are encrypted, shown one at a time to the staff
of the county with a reason that is kept, and erased when they are needed no more.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.households.querysets import HouseholdQuerySet, StandingQuerySet
from catalog.households.sealing import SealedField
from catalog.kinds import Kind
from catalog.origins.models import Region


class Category(Kind):
    """As what a household is registered."""

    class Meta(Kind.Meta):
        verbose_name = _("Category of households")
        verbose_name_plural = _("Categories of households")


class Household(models.Model):
    """One household of one county. After erasure only what says nothing of a person is left."""

    SEALED = ("name", "id_number", "phone", "address")

    code = models.CharField(_("Pseudonym"), max_length=12, unique=True)
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    township = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    name = SealedField(_("Name of the householder"), null=True)
    id_number = SealedField(_("ID number"), null=True)
    phone = SealedField(_("Phone"), null=True)
    address = SealedField(_("Address"), null=True)
    id_digest = models.CharField(
        _("Digest of the ID number"), max_length=64, unique=True, null=True
    )
    registered_at = models.DateTimeField(_("Registered at"))
    erased_at = models.DateTimeField(_("Erased at"), null=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("Household")
        verbose_name_plural = _("Households")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    erased_at__isnull=True,
                    name__isnull=False,
                    id_number__isnull=False,
                    id_digest__isnull=False,
                )
                | Q(
                    erased_at__isnull=False,
                    name__isnull=True,
                    id_number__isnull=True,
                    phone__isnull=True,
                    address__isnull=True,
                    id_digest__isnull=True,
                ),
                name="household_known_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Standing(models.Model):
    """What a household is registered as, from one day until another; both count."""

    class Status(models.TextChoices):
        ASSISTED = "assisted", _("Being assisted")
        SETTLED = "settled", _("Risk removed")
        LEFT = "left", _("Left the register")

    household = models.ForeignKey(Household, models.PROTECT, related_name="standings")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    status = models.CharField(_("Status"), max_length=10, choices=Status.choices)
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Standing of a household")
        verbose_name_plural = _("Standings of households")
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(ends_on__isnull=True),
                name="standing_one_open_per_household",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="standing_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["assisted", "settled", "left"]),
                name="standing_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}: {self.category}"

    @property
    def status_label(self) -> str:
        return self.get_status_display()


class Reveal(models.Model):
    """Who looked at which field of a household, when and why. Written once, never rewritten."""

    class Field(models.TextChoices):
        NAME = "name", _("Name of the householder")
        ID_NUMBER = "id_number", _("ID number")
        PHONE = "phone", _("Phone")
        ADDRESS = "address", _("Address")

    household = models.ForeignKey(Household, models.PROTECT, related_name="reveals")
    field = models.CharField(_("Field"), max_length=10, choices=Field.choices)
    reason = models.CharField(_("Reason"), max_length=200)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Look at a household's data")
        verbose_name_plural = _("Looks at households' data")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reveal_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.household}: {self.field}"

    @property
    def field_label(self) -> str:
        return self.get_field_display()


class RegisterStep(models.Model):
    """What was done to a household's entry, by whom; `fields` are names, never values."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        CHANGED = "changed", _("Changed")
        STANDING = "standing", _("Category or status set")
        ERASED = "erased", _("Personal data erased")
        TRIED = "tried", _("Its ID number was typed in again")

    household = models.ForeignKey(Household, models.PROTECT, related_name="steps")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    fields = models.JSONField(_("Fields"), default=list)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Step of a register entry")
        verbose_name_plural = _("Steps of register entries")

    def __str__(self) -> str:
        return f"{self.household}: {self.kind}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()


class RegisterImport(models.Model):
    """A sheet of households on its way into the register.

    The file lies here sealed, and only until it is written, refused or a day old. `errors` are
    [row, words], and the words repeat nothing that stands in the row.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being looked through")
        CHECKED = "checked", _("Looked through")
        REFUSED = "refused", _("Refused")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Written")

    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    state = models.CharField(
        _("State"), max_length=10, choices=State.choices, default=State.CHECKING
    )
    sealed = models.BinaryField(_("Sealed file"), null=True)
    rows_total = models.PositiveIntegerField(_("Rows"), default=0)
    rows_seen = models.PositiveIntegerField(_("Rows seen"), default=0)
    good = models.PositiveIntegerField(_("Rows that can be written"), default=0)
    errors = models.JSONField(_("Errors"), default=list)
    begun_at = models.DateTimeField(_("Begun at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("Given up by"),
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("Import into the register")
        verbose_name_plural = _("Imports into the register")

    def __str__(self) -> str:
        return f"{self.county}: {self.begun_at:%Y-%m-%d}"
