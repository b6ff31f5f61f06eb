"""What a cooperative proposes: a new good, or a change to a live one. Nothing of it is live
before the market has approved it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, ProductClass, ProductImage
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative
from marketplace.listings.querysets import ProposalQuerySet
from marketplace.pictures import Picture, picture_of
from marketplace.uploads import private_storage


class Proposal(models.Model):
    """The texts lie in `content` by field of the good, see content.py; of a change, what they
    were when it was begun in `before`.

    Each write raises `version`: who decides names the version that was read, and who writes the
    one that was shown, so that nobody approves or overwrites what they have not seen.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("New good")
        CHANGE = "change", _("Change of a good")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("With the market")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        DISCARDED = "discarded", _("Discarded")

    # What the cooperative may still write.
    OPEN = (State.DRAFT, State.RETURNED)

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="proposals")
    kind = models.CharField(_("Kind"), max_length=6, choices=Kind.choices)
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    product_class = models.ForeignKey(ProductClass, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.DRAFT)
    content = models.JSONField(_("Content"), default=dict)
    before = models.JSONField(_("Before"), default=dict)
    version = models.PositiveIntegerField(_("Version"), default=1)
    begun_at = models.DateTimeField(_("Begun at"))
    submitted_at = models.DateTimeField(_("Submitted at"), null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Proposal")
        verbose_name_plural = _("Proposals")
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="proposal_waiting"),
            models.Index(fields=["cooperative", "state"], name="proposal_of_a_cooperative"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "returned", "approved", "discarded"]),
                name="proposal_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="new") | Q(kind="change", product__isnull=False),
                name="proposal_change_names_its_good",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="proposal_submitted_has_moment",
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(kind="change", state__in=["draft", "submitted", "returned"]),
                name="proposal_one_open_change_per_good",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def title(self) -> str:
        return self.content.get("title", "")

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_new(self) -> bool:
        return self.kind == self.Kind.NEW

    @property
    def state_label(self) -> str:
        return self.get_state_display()

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()


class ProposalStep(models.Model):
    """Who moved a proposal into which state when, and why. Written once, never rewritten."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    state = models.CharField(_("State"), max_length=9, choices=Proposal.State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("At"))
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("Step")
        verbose_name_plural = _("Steps")

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.state}"

    @property
    def state_label(self) -> str:
        return self.get_state_display()


class ProposalPicture(models.Model):
    """A picture of the proposal in its place; `image` is the live one that it is, if it is."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        ProductImage, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.ImageField(_("Picture"), upload_to="goods/", max_length=255)
    place = models.PositiveSmallIntegerField(_("Place"))
    renditions = models.JSONField(_("Renditions"), default=list, editable=False)

    class Meta:
        verbose_name = _("Picture")
        verbose_name_plural = _("Pictures")

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.place}"

    @property
    def picture(self) -> Picture | None:
        """None while its sizes are still being made."""
        return picture_of(self.renditions, alt=self.proposal.title)


class ProposalPaper(models.Model):
    """A paper of the good itself that goes with the proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="papers")
    kind = models.CharField(_("Kind"), max_length=30, choices=Paper.Kind.choices)
    number = models.CharField(_("Number"), max_length=60)
    issuer = models.CharField(_("Issuer"), max_length=80)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    file = models.FileField(_("File"), upload_to="papers/", storage=private_storage)

    class Meta:
        verbose_name = _("Paper")
        verbose_name_plural = _("Papers")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "number"], name="proposal_paper_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="proposal_paper_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()


class ShelfImport(models.Model):
    """A spreadsheet of prices and stock on its way: looked through, and then written at once.

    `errors` are rows that cannot be written, each [row of the sheet, words]; while there is one,
    nothing is. `wanted` are the rows that were right, by stock record, until they are written.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being looked through")
        CHECKED = "checked", _("Looked through")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Written")
        REFUSED = "refused", _("Refused")

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(_("File"), upload_to="imports/")
    name = models.CharField(_("Name"), max_length=100)
    state = models.CharField(
        _("State"), max_length=8, choices=State.choices, default=State.CHECKING
    )
    rows_seen = models.PositiveIntegerField(_("Rows looked through"), default=0)
    rows_total = models.PositiveIntegerField(_("Rows"), default=0)
    changed = models.PositiveIntegerField(_("Changed"), default=0)
    wanted = models.JSONField(_("Wanted"), default=list)
    errors = models.JSONField(_("Errors"), default=list)
    begun_at = models.DateTimeField(_("Begun at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True)

    class Meta:
        verbose_name = _("Import of prices and stock")
        verbose_name_plural = _("Imports of prices and stock")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["checking", "checked", "writing", "done", "refused"]),
                name="shelf_import_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative}: {self.name}"
