"""Libraries that take long to load."""

from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def load(library: str) -> ModuleType:
    """A large library, loaded when it is first needed and not when the server starts."""
    return import_module(library)
