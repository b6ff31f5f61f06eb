"""Seals the register, and the files that name households, under the newest of HOUSEHOLD_KEYS."""

from django.core.management.base import BaseCommand

from catalog.households.services.resealing import reseal_households


class Command(BaseCommand):
    help = "Seals households and their files under the newest key; may be stopped and repeated."

    def handle(self, **_options: object) -> None:
        count = 0
        for changed in reseal_households():
            count += changed
            self.stdout.write(f"{count} …")
        self.stdout.write(f"Sealed anew: {count}. Older keys can be taken away now.")
