"""Reading what several rooms of the back office need."""

from typing import Self

from django.db import models

from catalog.producers.models import Cooperative


def cooperative_choices() -> list[tuple[str, str]]:
    """Slug and short name of every cooperative that has a shelf, by name."""
    shelves = Cooperative.objects.filter(shelf__isnull=False).order_by("short_name")
    return [(cooperative.slug, cooperative.short_name_text) for cooperative in shelves]


class ChangeQuerySet(models.QuerySet):
    def latest_of(self, room: str, subject: str = "") -> Self:
        """Changes of a room, or of one subject in it, with who made them; newest first."""
        changes = self.filter(room=room).select_related("by").order_by("-pk")
        return changes.filter(subject=subject) if subject else changes
