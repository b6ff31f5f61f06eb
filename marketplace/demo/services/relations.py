"""What hangs on a good: its pictures, its shelf, its companions, where it may be sent."""

from catalog.models import (
    Category,
    Product,
    ProductCategory,
    ProductImage,
    ProductRecommendation,
)
from marketplace.demo import reading
from marketplace.demo.services.art import upload
from marketplace.demo.services.sync import Synced, sync_rows


def load_relations(*, products: dict[int, Product], categories: dict[str, Category]) -> bool:
    """Write all four for every good; True when anything changed."""
    entries = [(products[entry["number"]], entry) for entry in reading.goods()]
    written = (
        _load_pictures(entries),
        _load_shelves(entries, categories),
        _load_companions(entries, products),
        _load_districts(entries),
    )
    return any(each.touched for each in written)


def _pictures_of(entry: dict) -> list[dict]:
    """The good itself first, then where it grows and who makes it."""
    gallery = reading.read("gallery")
    makers = {row["key"]: row for row in reading.cooperatives()}
    maker = makers[entry["cooperative"]]
    return [
        {"art": f"p{entry['number']:02}.webp", "caption": entry["title"]},
        *gallery["category"].get(entry["category"], []),
        *gallery["specialty"].get(reading.specialty_of(entry), []),
        {"art": maker["badge"], "caption": maker["name"]},
    ]


def _load_pictures(entries: list[tuple[Product, dict]]) -> Synced:
    galleries = [(product, _pictures_of(entry)) for product, entry in entries]
    arts = {picture["art"] for _product, pictures in galleries for picture in pictures}
    uploads = {art: upload(art, "goods") for art in arts}
    rows = [
        {
            "product_id": product.pk,
            "display_order": place,
            "original": uploads[picture["art"]][0],
            "caption": picture["caption"],
            "renditions": uploads[picture["art"]][1],
        }
        for product, pictures in galleries
        for place, picture in enumerate(pictures)
    ]
    return sync_rows(model=ProductImage, key=("product_id", "display_order"), rows=rows)


def _load_shelves(entries: list[tuple[Product, dict]], categories: dict) -> Synced:
    rows = [
        {"product_id": product.pk, "category_id": categories[entry["category"]].pk}
        for product, entry in entries
    ]
    return sync_rows(model=ProductCategory, key=("product_id", "category_id"), rows=rows)


def _load_companions(entries: list[tuple[Product, dict]], products: dict) -> Synced:
    """What goes with it in the kitchen; the first named ranks highest."""
    rows = [
        {
            "primary_id": product.pk,
            "recommendation_id": products[number].pk,
            "ranking": len(entry["related"]) - place,
        }
        for product, entry in entries
        for place, number in enumerate(entry["related"])
    ]
    key = ("primary_id", "recommendation_id")
    return sync_rows(model=ProductRecommendation, key=key, rows=rows)


def _load_districts(entries: list[tuple[Product, dict]]) -> Synced:
    rows = [
        {"product_id": product.pk, "region_id": code}
        for product, entry in entries
        for code in entry["districts"]
    ]
    return sync_rows(model=Product.districts.through, key=("product_id", "region_id"), rows=rows)
