"""Which papers the law asks for, and which ones a product has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.papers.models import Paper


class RequiredPaper(models.Model):
    """A paper without which goods of a legal regime may not be listed, and who must hold it."""

    class Holder(models.TextChoices):
        COOPERATIVE = "cooperative", _("The business")
        PRODUCT = "product", _("The product")
        LOT = "lot", _("The lot")

    product_class = models.ForeignKey(
        "catalogue.ProductClass", models.CASCADE, related_name="required_papers"
    )
    kind = models.CharField(_("Kind"), max_length=30, choices=Paper.Kind.choices)
    held_by = models.CharField(_("Held by"), max_length=12, choices=Holder.choices)

    class Meta:
        verbose_name = _("Required paper")
        verbose_name_plural = _("Required papers")
        constraints = [
            models.UniqueConstraint(
                fields=["product_class", "kind", "held_by"], name="required_paper_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_class}: {self.get_kind_display()}"


class ProductPaper(models.Model):
    """A paper that belongs to one product, as an organic certificate."""

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="product_papers")
    paper = models.ForeignKey(Paper, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "paper"], name="product_paper_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.paper_id}"


class ProductBadge(models.Model):
    """A badge that a product earns by a valid paper, until the last day of that paper.

    Kept by catalog.compliance; readers compare `valid_until` with today, so a badge
    vanishes on expiry without a job.
    """

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="badges")
    kind = models.CharField(_("Kind"), max_length=30, choices=Paper.Kind.choices)
    valid_until = models.DateField(_("Valid until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "kind"], name="product_badge_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.get_kind_display()}"
