"""Writing rows by their natural key, so that a second run finds nothing to do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import models


@dataclass
class Synced:
    """Every wanted row by its key, and the keys of those that were inserted or changed."""

    rows: dict[tuple, models.Model] = field(default_factory=dict)
    touched: set[tuple] = field(default_factory=set)

    def __getitem__(self, key: object) -> models.Model:
        return self.rows[key if isinstance(key, tuple) else (key,)]


def sync_rows(
    *,
    model: type[models.Model],
    key: tuple[str, ...],
    rows: Iterable[dict],
    keep: Collection[str] = (),
) -> Synced:
    """Insert the rows that are missing and update those that differ; delete none.

    `key` names the columns that identify a row; columns in `keep` are written at insert only
    and belong to the shop afterwards. Few queries and no signals: what depends on the rows,
    as the search index, is the caller's to refresh.
    """
    wanted = {tuple(row[name] for name in key): row for row in rows}
    narrowed = {f"{key[0]}__in": {values[0] for values in wanted}}
    found = {
        tuple(getattr(instance, name) for name in key): instance
        # Of several with one key the oldest is the demonstration's: it comes last and counts.
        for instance in model.objects.filter(**narrowed).order_by("-pk")
    }
    new = [model(**row) for values, row in wanted.items() if values not in found]
    model.objects.bulk_create(new, batch_size=500)
    result = Synced(touched={values for values in wanted if values not in found})
    changed: dict[str, list] = {}
    for values in wanted.keys() & found.keys():
        columns = _apply(found[values], wanted[values], keep)
        if columns:
            result.touched.add(values)
        for column in columns:
            changed.setdefault(column, []).append(found[values])
    for column, instances in changed.items():
        model.objects.bulk_update(instances, [column], batch_size=200)
    made = {tuple(getattr(instance, name) for name in key): instance for instance in new}
    result.rows = {values: found.get(values) or made[values] for values in wanted}
    return result


def _apply(instance: models.Model, row: dict, keep: Collection[str]) -> list[str]:
    """Set what differs; returns the names of those columns."""
    columns = [
        name for name, value in row.items() if name not in keep and getattr(instance, name) != value
    ]
    for name in columns:
        setattr(instance, name, row[name])
    return columns
