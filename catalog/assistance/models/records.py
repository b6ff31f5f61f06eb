"""Benefit records: who paid what to how many households; one side enters, the other confirms."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.assistance.models.agreements import Agreement
from catalog.assistance.querysets import RecordQuerySet
from catalog.households.models import Household
from catalog.households.sealed_files import sealed_storage
from catalog.producers.models import Cooperative


class Record(models.Model):
    """One payment under an agreement, in yuan; it counts in the month of `paid_on`.

    What a county has confirmed is never changed. It is corrected by a counter-record, which
    `counters` it whole with the amount below zero and is confirmed in turn; what is right is then
    recorded anew. `is_countered` is written with that confirmation.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Waits for the county")
        RETURNED = "returned", _("Returned")
        CONFIRMED = "confirmed", pgettext_lazy("record", "Confirmed")

    number = models.CharField(_("Number"), max_length=20, unique=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="records")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="benefit_records")
    state = models.CharField(
        _("State"), max_length=10, choices=State.choices, default=State.SUBMITTED
    )
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"))
    paid_on = models.DateField(_("Paid on"))
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    slip = models.CharField(
        _("Number of the slip"), max_length=60, help_text=_("Of the bank, or of the signed list.")
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    households = models.ManyToManyField(Household, through="RecordHousehold", related_name="+")
    counters = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="counter"
    )
    is_countered = models.BooleanField(_("Countered"), default=False)
    submitted_at = models.DateTimeField(_("Submitted at"))
    confirmed_at = models.DateTimeField(_("Confirmed at"), null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Benefit record")
        verbose_name_plural = _("Benefit records")
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="record_by_state"),
            models.Index(fields=["paid_on", "confirmed_at"], name="record_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(counters__isnull=True, amount__gt=0)
                | Q(counters__isnull=False, amount__lt=0, is_countered=False),
                name="record_counter_is_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="record_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | ~Q(state="confirmed") & Q(confirmed_at__isnull=True, is_countered=False),
                name="record_confirmed_with_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "returned", "confirmed"]),
                name="record_state_known",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "slip"],
                condition=Q(counters__isnull=True, is_countered=False)
                & Q(state__in=["submitted", "confirmed"]),
                name="record_one_per_slip",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        return self.get_state_display()

    @property
    def is_counter(self) -> bool:
        return self.counters_id is not None


class RecordHousehold(models.Model):
    """A household that a record paid; counter-records have none of their own."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="members")
    household = models.ForeignKey(Household, models.PROTECT, related_name="record_members")

    class Meta:
        verbose_name = _("Household of a record")
        verbose_name_plural = _("Households of records")
        constraints = [
            models.UniqueConstraint(fields=["record", "household"], name="record_household_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.household_id}"


class Evidence(models.Model):
    """A slip, a signed list, a photo that shows the payment."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="evidence")
    file = models.FileField(_("File"), upload_to="evidence/", storage=sealed_storage)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Evidence")
        verbose_name_plural = _("Evidence")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.pk}"


class RecordStep(models.Model):
    """What became of a record, by whom and why. Written once, never rewritten."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        CONFIRMED = "confirmed", pgettext_lazy("record", "Confirmed")

    record = models.ForeignKey(Record, models.CASCADE, related_name="steps")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Step of a record")
        verbose_name_plural = _("Steps of records")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.kind}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()
