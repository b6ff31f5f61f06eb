"""`python -m tests.bench.stock.load goods.json`: the stock shop's goods and its index.

Every good is a stand-alone product with the price and stock of its cheapest pack: the shape that
Oscar lists quickest; as a parent with two children it costs two queries more on every card (196
instead of 148 for a list of 24).
Writes the new products' keys and addresses to standard output, in the order they were given.
"""

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

ONE_COMMIT = 1_000_000


def load(goods: list[dict]) -> list[dict]:
    from django.apps import apps
    from oscar.apps.catalogue.categories import create_from_sequence

    country = apps.get_model("address", "Country")
    country.objects.create(
        iso_3166_1_a2="CN", printable_name="China", name="China", is_shipping_country=True
    )
    kind = apps.get_model("catalogue", "ProductClass").objects.create(name="食品", track_stock=True)
    shelves = {tuple(path) for good in goods for path in good["categories"]}
    categories = {path: create_from_sequence(path)[-1] for path in sorted(shelves)}
    products = [make(good, kind, categories) for good in goods]
    return [{"good": product.pk, "page": product.get_absolute_url()} for product in products]


def make(good: Mapping, kind: object, categories: Mapping[tuple, object]):
    from django.apps import apps

    product = apps.get_model("catalogue", "Product").objects.create(
        title=good["title"], description=good["description"], product_class=kind
    )
    product.categories.set(categories[tuple(path)] for path in good["categories"])
    for order, name in enumerate(good["images"]):
        product.images.create(original=name, display_order=order)
    partner, _ = apps.get_model("partner", "Partner").objects.get_or_create(name=good["partner"])
    product.stockrecords.create(
        partner=partner,
        partner_sku=str(product.pk),
        price=Decimal(good["price"]),
        num_in_stock=good["stock"],
    )
    return product


def index() -> None:
    """In one commit: in Haystack's usual batches Whoosh takes minutes and stays slow after."""
    from django.core.management import call_command
    from django.db import connection

    call_command("rebuild_index", interactive=False, batchsize=ONE_COMMIT, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    import django

    django.setup()
    loaded = load(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    index()
    sys.stdout.write(json.dumps(loaded))
