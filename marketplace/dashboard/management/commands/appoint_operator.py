"""Appoint the first operator of a new installation; the others are appointed on the screen."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marketplace.accounts.models import Posting
from marketplace.dashboard.posts.refusals import PostRefused
from marketplace.dashboard.posts.services import appoint


class Command(BaseCommand):
    help = "Makes the person who signed up with EMAIL an operator, from today until further."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        try:
            posting = appoint(
                email=options["email"],
                role=Posting.Role.OPERATOR,
                county=None,
                begins_on=timezone.localdate(now),
                ends_on=None,
                by=None,
                now=now,
            )
        except PostRefused as refusal:
            raise CommandError(refusal.words) from refusal
        self.stdout.write(str(posting))
