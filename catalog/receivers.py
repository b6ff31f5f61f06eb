"""Goods are found by words of other rows too: those rows' changes reach the search from here.

What is written in bulk sends no signal; who writes so calls index_objects. Prices and stock are
read from the goods themselves and stand in no entry of the search.
"""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from catalog.models import Category, Product, ProductCategory
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from catalog.tasks import index_goods

# The columns that goods are found by, of packs and of those who give goods a name.
WORDS = {
    Product: ("title", "title_en"),
    Category: ("name", "name_en"),
    Cooperative: ("short_name", "short_name_en"),
    Region: ("name", "name_en"),
}


def index_later(relation: str, key: int | str) -> None:
    """After the commit; without a broker the search stays behind, and the change stands."""
    transaction.on_commit(lambda: index_goods.delay(relation, key), robust=True)


@receiver(pre_save, sender=Product)
@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Cooperative)
@receiver(pre_save, sender=Region)
def compare_words(
    sender: type[models.Model],
    instance: models.Model,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Mark the row if its words are about to change."""
    words = {name: getattr(instance, name) for name in WORDS[sender]}
    written = update_fields is None or words.keys() & update_fields
    same = sender._default_manager.filter(pk=instance.pk, **words)
    instance.has_new_words = bool(written) and not same.exists()


@receiver(post_save, sender=Product)
def follow_pack(instance: Product, **kwargs: Any) -> None:
    if instance.has_new_words and instance.parent_id:
        index_later("pk", instance.parent_id)


@receiver(post_delete, sender=Product)
def follow_deleted_pack(instance: Product, **kwargs: Any) -> None:
    if instance.parent_id:
        index_later("pk", instance.parent_id)


@receiver(post_save, sender=Category)
def follow_category(instance: Category, created: bool, **kwargs: Any) -> None:
    if instance.has_new_words and not created:
        index_later("specialty", instance.pk)
        index_later("categories", instance.pk)


@receiver(post_save, sender=Cooperative)
def follow_cooperative(instance: Cooperative, created: bool, **kwargs: Any) -> None:
    if instance.has_new_words and not created:
        index_later("cooperative", instance.pk)


@receiver(post_save, sender=Region)
def follow_region(instance: Region, created: bool, **kwargs: Any) -> None:
    if instance.has_new_words and not created:
        index_later("county", instance.pk)


@receiver([post_save, post_delete], sender=ProductCategory)
def follow_place(instance: ProductCategory, **kwargs: Any) -> None:
    index_later("pk", instance.product_id)


@receiver(m2m_changed, sender=ProductCategory)
def follow_places(
    instance: models.Model, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Put on or taken from shelves, from the good's side or from the shelf's."""
    if action.startswith("post_"):
        for key in (pk_set or ()) if reverse else [instance.pk]:
            index_later("pk", key)
