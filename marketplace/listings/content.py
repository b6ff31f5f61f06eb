"""The texts of a proposal: which of them a good's legal regime asks for, and the live ones.

A value is what JSON holds: text, a number, the key of a shelf or township, or a list of months.
"""

import tomllib
from functools import cache

from catalog.models import Product, ProductClass
from catalog.services import REGIMES_TOML

Content = dict[str, object]

# Of every good; `asks` of its regime come on top, see catalog/data/regimes.toml.
WHAT = ("title", "title_en", "category", "township", "storage")
WORDS = ("summary", "summary_en", "description", "storage_advice")
ASKED = (
    "shelf_life",
    "shelf_life_days",
    "ingredients",
    "allergens",
    "standard",
    "label_text",
    "season_months",
    "tolerance",
)
OPTIONAL = {
    "title_en",
    "summary_en",
    "storage_advice",
    "allergens",
    "label_text",
    "season_months",
    "tolerance",
}
FIELDS = (*WHAT, *WORDS, *ASKED)
# What a shopper reads, and so may hold no claim.
READ = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    "description",
    "storage_advice",
    "ingredients",
    "label_text",
)


@cache
def regimes() -> dict[str, dict]:
    entries = tomllib.loads(REGIMES_TOML.read_text(encoding="utf-8"))["regime"]
    return {entry["slug"]: entry for entry in entries}


def asks_of(regime: ProductClass) -> tuple[str, ...]:
    """The facts that the regime asks for; of one that we do not know, all."""
    entry = regimes().get(regime.slug)
    return tuple(entry["asks"]) if entry else ASKED


def storages_of(regime: ProductClass) -> list[tuple[str, str]]:
    entry = regimes().get(regime.slug)
    choices = Product._meta.get_field("storage").choices
    return [choice for choice in choices if entry is None or choice[0] in entry["storages"]]


def fields_of(regime: ProductClass) -> tuple[str, ...]:
    return (*WHAT, *WORDS, *asks_of(regime))


def content_of(product: Product) -> Content:
    """The live texts of a good, as a proposal holds them."""
    shelf = product.categories.order_by("path").values_list("pk", flat=True).first()
    special = {
        "category": shelf,
        "township": product.township_id,
        "season_months": months_of(product.season_months),
    }
    return {
        name: special[name] if name in special else getattr(product, name)
        for name in fields_of(product.product_class)
    }


def months_of(bits: int) -> list[int]:
    return [month for month in range(1, 13) if bits & 1 << (month - 1)]


def bits_of(months: list[int]) -> int:
    return sum(1 << (month - 1) for month in set(months))


def changed_fields(before: Content, after: Content) -> list[str]:
    return [name for name in FIELDS if name in after and before.get(name) != after[name]]
