"""Reading places for whoever keeps their names."""

from django.db.models import Q, QuerySet

from catalog.origins.models import Region
from catalog.producers.models import Cooperative


def find_regions(word: str = "") -> QuerySet[Region]:
    """With their whole path: those that producers are in, else every one that the word names."""
    regions = Region.objects.with_parents().order_by("code")
    if word:
        named = Q(name__contains=word) | Q(name_en__icontains=word) | Q(code__startswith=word)
        return regions.filter(named)
    counties = Cooperative.objects.values("county")
    return regions.filter(Q(pk__in=counties) | Q(pk__in=Cooperative.objects.values("township")))
