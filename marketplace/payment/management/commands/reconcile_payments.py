"""For a timetable without the worker's beat, and by hand."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from marketplace.payment.models import Finding
from marketplace.payment.reconciliation import LOOKS_BACK, reconcile


class Command(BaseCommand):
    help = (
        "Compares Stripe's payments and refunds with ours, makes good what was missed, and says "
        "what a person must decide. Safe to run again, and beside another one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=LOOKS_BACK.days, help="how far back")

    def handle(self, *args: object, days: int, **options: object) -> None:
        run = reconcile(now=timezone.now(), looks_back=timedelta(days=days))
        self.stdout.write(f"{run.compared} compared, {len(run.healed)} made good.")
        for what, subject in run.healed:
            self.stdout.write(f"  {what} {subject}")
        for finding in Finding.objects.filter(closed_at=None).order_by("found_at"):
            self.stdout.write(f"  to decide: {finding.kind} {finding.subject}")
        if run.problem:
            self.stderr.write(f"Stopped before the end: {run.problem}")
