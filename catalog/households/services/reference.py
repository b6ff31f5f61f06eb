"""The first categories of an installation."""

import tomllib
from pathlib import Path

from catalog.households.models import Category

CATEGORIES_TOML = Path(__file__).parents[1] / "data" / "categories.toml"


def load_categories() -> None:
    """Adds rows by their codes; what is there already stays."""
    rows = tomllib.loads(CATEGORIES_TOML.read_text(encoding="utf-8"))["category"]
    for position, row in enumerate(rows):
        defaults = {**row, "position": position}
        Category.objects.get_or_create(code=row["code"], defaults=defaults)
