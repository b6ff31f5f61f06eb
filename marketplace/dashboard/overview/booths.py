"""Booths that are held for a cooperative and wait for its word."""

from datetime import date

from catalog.producers.models import Cooperative
from marketplace.fairs.models import Allotment


def held_for(maker: Cooperative, today: date) -> list[Allotment]:
    """Not confirmed yet and still to be had today, the first to end first."""
    held = Allotment.objects.active().filter(
        exhibitor__cooperative=maker, confirmed_at=None, held_until__date__gte=today
    )
    return list(held.select_related("booth", "fair").order_by("held_until", "pk"))
