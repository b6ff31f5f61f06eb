"""Fill or scale the demonstration world. Safe to run again; refuses a production database."""

from argparse import ArgumentParser
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marketplace.demo.reading import goods
from marketplace.demo.services.bulk import load_bulk
from marketplace.demo.services.trade import load_trade
from marketplace.demo.services.world import load_world
from marketplace.demo.words import words

MOST_PRODUCTS = 20_000
MOST_ORDERS = 50_000


class Command(BaseCommand):
    help = "Loads the demonstration world, or brings it to N products. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--products", type=int, metavar="N", help="goods in all, in bulk")
        parser.add_argument("--orders", type=int, metavar="N", help="past orders in all, in bulk")

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError(words("refused"))
        least, count = len(goods()), options["products"]
        if count is not None and not least <= count <= MOST_PRODUCTS:
            raise CommandError(words("too_many", least=least, most=MOST_PRODUCTS))
        orders = options["orders"] or 0
        if not 0 <= orders <= MOST_ORDERS:
            raise CommandError(words("too_many_orders", most=MOST_ORDERS))
        begun = monotonic()
        self.quiet = options["verbosity"] == 0
        load_world(today=timezone.localdate(), tell=self.tell)
        if count is not None:
            load_bulk(count=count, tell=self.tell)
        if orders:
            load_trade(count=orders, today=timezone.localdate(), tell=self.tell)
        self.tell("done", seconds=round(monotonic() - begun))

    def tell(self, key: str, **values: object) -> None:
        if not self.quiet:
            self.stdout.write(words(key, **values))
            self.stdout.flush()
