"""Home page, plain pages, stories, brands, fairs and navigation, by the rooms that own them."""

from datetime import date

from catalog.models import Product
from catalog.producers.models import Cooperative
from cms.services.pages import write_pages
from marketplace.demo import reading
from marketplace.fairs.models import Fair


def load_pages(*, products: dict[int, Product], fairs: dict[str, Fair], day: date) -> None:
    """Write what is missing; a page that exists belongs to the editors."""
    pks = dict(Cooperative.objects.values_list("slug", "pk"))
    write_pages(
        texts=reading.read("pages"),
        stories=reading.read("stories"),
        brands=reading.read("brands"),
        fair_texts=reading.read("fairs"),
        images=reading.ART,
        goods={number: product.pk for number, product in products.items()},
        cooperatives={row["key"]: pks[row["slug"]] for row in reading.cooperatives()},
        fairs={key: fair.pk for key, fair in fairs.items()},
        day=day,
    )
