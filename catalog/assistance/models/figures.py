"""Published figures: what one monthly batch counted, and which of it the public may see."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.assistance.querysets import BatchQuerySet, CellQuerySet


class Batch(models.Model):
    """All figures up to the end of `month`, from what was confirmed before `cutoff`.

    Frozen once ready: the same records give the same cells at any later time. It restates the
    months of its own year and of the year before, so that a correction shows in the next batch
    and the batches before stay as they were published. One alone is under way at a time.
    """

    class State(models.TextChoices):
        MAKING = "making", _("Being counted")
        READY = "ready", _("Ready to publish")
        PUBLISHED = "published", _("Published")
        DROPPED = "dropped", _("Dropped")
        FAILED = "failed", _("Failed")

    UNDER_WAY = (State.MAKING, State.READY)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    month = models.DateField(_("Month"), help_text=_("Its first day."))
    cutoff = models.DateTimeField(_("As of"))
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.MAKING)
    is_under_way = models.BooleanField(null=True, unique=True, editable=False)
    done = models.PositiveIntegerField(_("Done"), default=0)
    total = models.PositiveIntegerField(_("Of"), default=0)
    proof = models.JSONField(
        _("Proof"),
        default=dict,
        help_text=_("What was hidden, and how narrowly it can be guessed."),
    )
    begun_at = models.DateTimeField(_("Begun at"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("Published at"), null=True, db_index=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("Batch of figures")
        verbose_name_plural = _("Batches of figures")
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="batch_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(state__in=["making", "ready"], is_under_way=True)
                | Q(state__in=["published", "dropped", "failed"], is_under_way__isnull=True),
                name="batch_under_way_until_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at__isnull=True),
                name="batch_published_with_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        return self.get_state_display()


class Cell(models.Model):
    """Households and yuan of one row of a table in one span; never both small and shown.

    `row` is the code of a county or of a mode, the key of a specialty ("-" for what is about no
    single one) or of a cooperative, and "" for all of them; all of them stand in the table ALL
    once. `households` are counted once in each cell, whatever the number of their records.
    """

    class Table(models.TextChoices):
        ALL = "all", pgettext_lazy("table", "All")
        COUNTY = "county", pgettext_lazy("table", "By county")
        MODE = "mode", pgettext_lazy("table", "By kind of benefit")
        SPECIALTY = "specialty", pgettext_lazy("table", "By specialty")
        COOPERATIVE = "cooperative", pgettext_lazy("table", "By cooperative")

    class Span(models.TextChoices):
        MONTH = "month", pgettext_lazy("span", "Month")
        QUARTER = "quarter", pgettext_lazy("span", "Quarter")
        YEAR = "year", pgettext_lazy("span", "Year")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="cells")
    table = models.CharField(_("Table"), max_length=11, choices=Table.choices)
    row = models.CharField(_("Row"), max_length=30, blank=True)
    span = models.CharField(_("Span"), max_length=7, choices=Span.choices)
    begins_on = models.DateField(_("Begins on"))
    households = models.PositiveIntegerField(_("Households"))
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    is_hidden = models.BooleanField(_("Hidden"), default=False)

    objects = CellQuerySet.as_manager()

    class Meta:
        verbose_name = _("Figure")
        verbose_name_plural = _("Figures")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "table", "row", "span", "begins_on"], name="cell_once_per_batch"
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=True) | Q(households=0) | Q(households__gte=5),
                name="cell_small_ones_are_hidden",
            ),
            models.CheckConstraint(
                condition=Q(households=0, amount=0) | Q(households__gt=0, amount__gt=0),
                name="cell_amount_with_its_households",
            ),
            models.CheckConstraint(
                condition=~Q(table="all") & ~Q(row="") | Q(table="all", row=""),
                name="cell_row_of_its_table",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.table} {self.row} {self.begins_on}"
