"""Reading lots."""

from typing import Self

from django.db import models
from django.db.models import Prefetch


class LotQuerySet(models.QuerySet):
    def with_events(self) -> Self:
        """Newest first, with events in their order."""
        event = self.model._meta.get_field("events").related_model
        events = event.objects.order_by("on", "pk")
        return self.order_by("-produced_on", "-pk").prefetch_related(
            Prefetch("events", queryset=events)
        )

    def for_page(self) -> Self:
        """Newest first, with events in their order and the lot's papers."""
        return self.with_events().prefetch_related("papers")
