"""Sales as frozen each month, the plan to double them, and the files made of both."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.assistance.models import Batch
from catalog.models import Category
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.localised import localised
from marketplace.order.models import Channel
from marketplace.reports.querysets import ExportQuerySet, PlanQuerySet, SalesCellQuerySet
from marketplace.uploads import private_storage


class SalesCell(models.Model):
    """What was sold in a month, in yuan, as the batch's cutoff knew it.

    `sold` is what buyers paid for goods whose payment arrived in the month; `refunded` what of
    these very goods went back before the cutoff, whenever that was. Delivery, intents and
    contracts are no sales and stand nowhere in here.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sales")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    specialty = models.ForeignKey(Category, models.PROTECT, related_name="+")
    channel = models.CharField(_("Channel"), max_length=8, choices=Channel.choices)
    month = models.DateField(_("Month"), help_text=_("Its first day."))
    sold = models.DecimalField(_("Sold"), max_digits=14, decimal_places=2)
    refunded = models.DecimalField(_("Refunded"), max_digits=14, decimal_places=2, default=0)

    objects = SalesCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sales figure")
        verbose_name_plural = _("Sales figures")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "cooperative", "specialty", "channel", "month"],
                name="sales_cell_once_per_batch",
            ),
            models.CheckConstraint(
                condition=Q(sold__gt=0, refunded__gte=0, refunded__lte=F("sold")),
                name="sales_cell_refunded_within_sold",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="sales_cell_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.cooperative_id} {self.month}"


class Plan(models.Model):
    """From what was sold in a base year to what is to be sold in the target year."""

    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    base_year = models.PositiveSmallIntegerField(_("Base year"))
    target_year = models.PositiveSmallIntegerField(_("Target year"))
    is_open = models.BooleanField(_("Shown"), default=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sales plan")
        verbose_name_plural = _("Sales plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(target_year__gt=F("base_year")), name="plan_target_after_its_base"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name_text(self) -> str:
        return localised(self, "name")


class PlanLine(models.Model):
    """Base and target in yuan of one county, specialty and channel."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    specialty = models.ForeignKey(Category, models.PROTECT, related_name="+")
    channel = models.CharField(_("Channel"), max_length=8, choices=Channel.choices)
    base = models.DecimalField(_("Base"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("Target"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("Line of a sales plan")
        verbose_name_plural = _("Lines of sales plans")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "county", "specialty", "channel"], name="plan_line_once"
            ),
            models.CheckConstraint(
                condition=Q(base__gte=0, target__gte=0), name="plan_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.county_id} {self.specialty_id} {self.channel}"


class Export(models.Model):
    """A file made of a plan and a batch in the background, for the officials of one county or,
    without one, for those of the market."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="exports")
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    county = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("Kind"), max_length=4, choices=Kind.choices)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.MAKING)
    done = models.PositiveIntegerField(_("Done"), default=0)
    total = models.PositiveIntegerField(_("Of"), default=0)
    file = models.FileField(_("File"), upload_to="reports/", storage=private_storage, blank=True)
    begun_at = models.DateTimeField(_("Begun at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("Export of a report")
        verbose_name_plural = _("Exports of reports")

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.kind}"

    @property
    def state_label(self) -> str:
        return self.get_state_display()
