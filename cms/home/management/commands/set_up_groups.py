"""The groups of the admin and the review of pages, which a migration cannot make: the rights that
they hold are written after all migrations."""

from django.core.management.base import BaseCommand

from cms.home.groups import ensure_groups


class Command(BaseCommand):
    help = (
        "Makes the groups of editors, organisers and approvers, and the review between them. "
        "Safe to run again: what was given or taken since stays."
    )

    def handle(self, *args: object, **options: object) -> None:
        names = ", ".join(group.name for group in ensure_groups())
        self.stdout.write(f"Groups in place: {names}.")
