"""What every installation needs before its first order: regions, legal regimes, synonyms, zones."""

from django.core.management.base import BaseCommand

from catalog.assistance.reference import load_assistance
from catalog.origins.services import load_regions
from catalog.producers.admission.services import load_counties
from catalog.services import load_regimes
from marketplace.search.services import load_synonyms
from marketplace.shipping.services import load_zones


class Command(BaseCommand):
    help = (
        "Loads or updates regions and legal regimes, and the first synonyms, counties "
        "of admission, delivery zones, categories of households and kinds of benefit. "
        "Safe to run again: what was edited here stays."
    )

    def handle(self, *args: object, **options: object) -> None:
        count = load_regions()
        load_regimes()
        load_synonyms()
        load_counties()
        load_assistance()
        zones = load_zones()
        self.stdout.write(
            f"{count} regions, the legal regimes and the synonyms are in place; "
            f"{zones} delivery zones were added."
        )
