"""Writing the catalogue's reference data, and bringing the search up to date on goods."""

import tomllib
from pathlib import Path

from django.db import transaction

from catalog.models import Product, ProductClass, RequiredPaper
from marketplace.search.services import BATCH, index_objects

REGIMES_TOML = Path(__file__).parent / "data" / "regimes.toml"


@transaction.atomic
def load_regimes() -> None:
    """Insert or update the legal regimes and the papers that each requires."""
    for row in tomllib.loads(REGIMES_TOML.read_text(encoding="utf-8"))["regime"]:
        regime, _ = ProductClass.objects.update_or_create(
            slug=row["slug"], defaults={"name": row["name"], "name_en": row["name_en"]}
        )
        for required in row["required"]:
            RequiredPaper.objects.get_or_create(product_class=regime, **required)


def index_goods(*, relation: str, key: int | str, after: int = 0) -> int | None:
    """Index a batch of the goods that name the row of that key by `relation`, in pk order.

    Returns the last one's key when there may be more, to be given as `after` next time.
    """
    bearing = Product.objects.filter(structure=Product.PARENT, pk__gt=after, **{relation: key})
    pks = list(bearing.order_by("pk").values_list("pk", flat=True)[:BATCH])
    index_objects(model=Product, pks=pks)
    return pks[-1] if len(pks) == BATCH else None
