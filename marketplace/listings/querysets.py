"""Reading proposals, a cooperative's own and those that wait for the market."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Prefetch

if TYPE_CHECKING:
    from catalog.producers.models import Cooperative

UNDECIDED = ("draft", "returned", "submitted")


class ProposalQuerySet(models.QuerySet):
    def of(self, cooperative: "Cooperative") -> Self:
        return self.filter(cooperative=cooperative)

    def undecided(self) -> Self:
        """Those with which something is still to be done, the latest begun first."""
        return self.filter(state__in=UNDECIDED).order_by("-pk")

    def waiting(self) -> Self:
        """Those that wait for the market, the longest first."""
        return self.filter(state="submitted").order_by("submitted_at", "pk")

    def for_rows(self) -> Self:
        return self.select_related("cooperative", "product_class", "product")

    def for_page(self) -> Self:
        """All that a page of one proposal reads."""
        steps = self.model._meta.get_field("steps").related_model
        pictures = self.model._meta.get_field("pictures").related_model
        papers = self.model._meta.get_field("papers").related_model
        return self.for_rows().prefetch_related(
            Prefetch("steps", steps.objects.select_related("by").order_by("-pk")),
            Prefetch("pictures", pictures.objects.order_by("place", "pk")),
            Prefetch("papers", papers.objects.order_by("pk")),
            Prefetch("product__images", to_attr="live_images"),
        )

    def locked(self, pk: int) -> models.Model:
        """The row itself, held until the transaction ends."""
        return self.select_for_update(no_key=True).get(pk=pk)

    def raise_version(self) -> int:
        return self.update(version=F("version") + 1)
