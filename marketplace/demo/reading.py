"""The demonstration world as it is written down: TOML texts and art in this folder."""

import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"
ART = HERE / "art"
# Goods are listed newest first; the specialties take turns so that none fills the first page.
SPECIALTIES = ("oat", "quinoa", "potato", "mutton", "neighbours")


@cache
def read(name: str) -> dict:
    """One TOML file below data/, by its path without the suffix."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def cooperatives() -> list[dict]:
    return read("cooperatives")["cooperative"]


def categories() -> list[dict]:
    return read("categories")["category"]


def goods() -> list[dict]:
    """The goods in the order in which they are listed: last in turn first."""
    shelves = [read(f"goods/{name}")["product"] for name in SPECIALTIES]
    turns = max(len(shelf) for shelf in shelves)
    in_turn = [shelf[turn] for turn in range(turns) for shelf in shelves if turn < len(shelf)]
    return in_turn[::-1]


def specialty_of(good: dict) -> str:
    return good["category"].split("/")[0]
