"""Papers and who holds them: a business, a product or a lot."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import models

from catalog.papers.models import Paper
from marketplace.demo.days import after
from marketplace.demo.services.sync import sync_rows


class Holding(NamedTuple):
    """Whose papers: the row that links to them, the name printed on them, their entries."""

    pk: int
    holder: str
    entries: list[dict]


def load_papers(
    *, link: type[models.Model], column: str, holdings: Iterable[Holding], day: date
) -> bool:
    """Write papers and link each with its holder, as CooperativePaper by "cooperative_id"."""
    owned = [(holding, entry) for holding in holdings for entry in holding.entries]
    key = ("kind", "number")
    rows = [_row(entry, holding.holder, day) for holding, entry in owned]
    papers = sync_rows(model=Paper, key=key, rows=rows)
    links = [
        {column: holding.pk, "paper_id": papers[entry["kind"], entry["number"]].pk}
        for holding, entry in owned
    ]
    linked = sync_rows(model=link, key=(column, "paper_id"), rows=links)
    return bool(papers.touched or linked.touched)


def _row(entry: dict, holder: str, day: date) -> dict:
    return {
        "kind": entry["kind"],
        "number": entry["number"],
        "issuer": entry["issuer"],
        "holder": entry.get("holder", holder),
        "valid_from": after(day, entry["valid_from"]),
        "valid_until": after(day, entry["valid_until"]),
    }
