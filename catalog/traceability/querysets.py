"""Reading lots, and the history that nobody rewrites."""

from collections.abc import Collection
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Prefetch


class RewritingHistory(Exception):
    """Somebody tried to change or delete an event of a lot; a correction is a new event."""


class LotEventQuerySet(models.QuerySet):
    """Events are inserted and read. Writing them anew is refused here as in the model."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise RewritingHistory

    def delete(self) -> NoReturn:
        raise RewritingHistory

    def with_corrections(self) -> Self:
        """In the order of their days, each with the event that corrects it."""
        return self.select_related("corrected_by").order_by("on", "pk")

    def current(self) -> Self:
        """Without what was corrected."""
        return self.filter(corrected_by__isnull=True).order_by("on", "pk")


class LotQuerySet(models.QuerySet):
    def released(self) -> Self:
        return self.filter(state=self.model.State.RELEASED)

    def public(self) -> Self:
        """What the world may read about: a lot that is not released yet is nobody's business."""
        return self.exclude(state=self.model.State.HELD)

    def hold(self, keys: Collection[int]) -> dict[int, models.Model]:
        """Lock them in pk order until the transaction ends; they by their keys, as they are now,
        each with its good, which is not locked.

        Whoever packs, releases or recalls holds them: after consignments, before stock and goods.
        """
        lots = self.filter(pk__in=keys).order_by("pk").select_related("product")
        return {lot.pk: lot for lot in lots.select_for_update(of=("self",), no_key=True)}

    def with_events(self) -> Self:
        """Newest first, with their events that stand, in order."""
        event = self.model._meta.get_field("events").related_model
        return self.order_by("-produced_on", "-pk").prefetch_related(
            Prefetch("events", queryset=event.objects.current())
        )

    def with_history(self) -> Self:
        """With every event, those that were corrected too."""
        event = self.model._meta.get_field("events").related_model
        return self.prefetch_related(Prefetch("events", queryset=event.objects.with_corrections()))

    def for_trace(self) -> Self:
        """All that the public page of a lot reads of it."""
        good = (
            "county__parent__parent",
            "township",
            "specialty",
            "cooperative__county",
            "cooperative__township",
        )
        return (
            self.public()
            .select_related(*(f"product__{part}" for part in good))
            .with_history()
            .prefetch_related("product__images")
        )
