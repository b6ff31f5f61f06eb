"""All that the card of a good in a list shows; see marketplace.shop.drawing."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language

from catalog.models import Product
from catalog.models.product import UnitPrice
from marketplace.pictures import Picture


class Pack(NamedTuple):
    pk: int
    name: str


class Card(NamedTuple):
    """In the active language. `lazy`: far enough down to load later."""

    url: str
    name: str
    colour: str
    picture: Picture | None
    flag: str
    in_stock: bool
    on_sale: bool
    maker: str
    county: str
    storage: str
    storage_label: str
    badge: str
    price_from: Decimal
    unit_price: UnitPrice
    pack_count: int
    pack: Pack | None
    lazy: bool


def badge_of(product: Product) -> str:
    """The words of its recognition, "" without one."""
    words = product.badge or {"label": "", "label_en": ""}
    return words["label_en"] or words["label"] if get_language() == "en" else words["label"]


def card_of(product: Product, *, lazy: bool) -> Card:
    """Of a product read by `for_cards()`."""
    first = product.first_pack
    return Card(
        url=product.get_absolute_url(),
        name=product.name,
        colour=product.colour,
        picture=product.picture,
        flag=product.flag_text,
        in_stock=product.in_stock,
        on_sale=product.on_sale,
        maker=product.cooperative.short_name_text,
        county=product.county.name_text,
        storage=product.storage,
        storage_label=str(product.storage_label),
        badge=badge_of(product),
        price_from=product.price_from,
        unit_price=product.unit_price,
        pack_count=product.pack_count,
        pack=Pack(first.pk, first.name) if first else None,
        lazy=lazy,
    )
