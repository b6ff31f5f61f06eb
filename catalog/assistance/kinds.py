"""Categories and modes, for those who keep the lists; of households nothing but their number."""

from catalog.assistance.models import Agreement, Mode
from catalog.households.models import Category, Standing
from catalog.kinds import Kind, KindQuerySet

TABLES: dict[str, type[Kind]] = {"categories": Category, "modes": Mode}


def kinds_in_use(table: type[Kind]) -> KindQuerySet:
    """In their order, with how many standings, or agreements, are of each."""
    if table is Mode:
        return table.objects.for_office(Agreement.objects.all(), "mode")
    return table.objects.for_office(Standing.objects.all(), "category")
