"""Home page, plain pages and navigation, by the rooms that own them."""

from catalog.models import Product
from catalog.producers.models import Cooperative
from cms.services.pages import write_pages
from marketplace.demo import reading


def load_pages(*, products: dict[int, Product]) -> None:
    """Write what is missing; a page that exists belongs to the editors."""
    pks = dict(Cooperative.objects.values_list("slug", "pk"))
    write_pages(
        texts=reading.read("pages"),
        images=reading.ART,
        goods={number: product.pk for number, product in products.items()},
        cooperatives={row["key"]: pks[row["slug"]] for row in reading.cooperatives()},
    )
