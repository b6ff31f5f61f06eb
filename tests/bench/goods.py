"""The goods on our shelf, as the stock shop is given them, and those that are bought in both."""

from collections import defaultdict
from typing import NamedTuple

from django.utils import timezone

from catalog.models import Category, Product

LINES, MAKERS = 8, 4


class Good(NamedTuple):
    """A good with the pack that its card puts in the basket."""

    product: Product
    pack: Product

    def exported(self, names: dict[str, str]) -> dict:
        """`names` are those of all categories by path."""
        product, step = self.product, Category.steplen
        return {
            "title": product.title,
            "description": product.summary,
            "price": str(self.pack.price),
            "stock": self.pack.free,
            "partner": product.cooperative.name,
            "images": [image.original.name for image in product.images.all()],
            "categories": [
                [names[shelf.path[:end]] for end in range(step, len(shelf.path) + 1, step)]
                for shelf in product.categories.all()
            ],
        }


def goods_on_shelf() -> list[Good]:
    """In a fixed order; each may be shown to a shopper today."""
    on_shelf = Product.objects.for_sale(timezone.localdate()).select_related("cooperative")
    _, packs = Product.objects.all().card_prefetches()
    products = on_shelf.prefetch_related("categories", "images", packs).order_by("pk")
    return [Good(product, product.first_pack) for product in products]


def exported(goods: list[Good]) -> list[dict]:
    names = dict(Category.objects.values_list("path", "name"))
    return [good.exported(names) for good in goods]


def places_to_buy(goods: list[Good]) -> list[int]:
    """Where in `goods` two ambient ones of each of four producers stand, sold one at a time."""
    found = defaultdict(list)
    for place, (product, pack) in enumerate(goods):
        is_single = pack.minimum_quantity == pack.quantity_step == 1
        if product.storage == "ambient" and is_single:
            found[product.cooperative_id].append(place)
    makers = [places for places in found.values() if len(places) > 1][:MAKERS]
    return [place for places in makers for place in places[: LINES // MAKERS]]
