"""For a timetable without the worker's beat, and by hand."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.payment.expiry import expire_due


class Command(BaseCommand):
    help = "Gives up orders that were not paid in time and frees their goods. Safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        count = expire_due(now=timezone.now())
        self.stdout.write(f"{count} orders expired.")
