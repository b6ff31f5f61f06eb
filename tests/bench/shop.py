"""What the comparison knows of a shop; there are two, and neither knows the other."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from tests.bench.visitor import Answer, Visitor

Pages = Mapping[str, tuple[Sequence[str], Mapping[str, str]]]
"""By name the addresses, any of which will do, and the cookies to come with."""


class Way(Protocol):
    """How a guest buys there: a module with these three. `good` is the key that its form sends."""

    def add(self, visitor: Visitor, good: int) -> Answer:
        """Put one in the basket."""

    def prepare(self, visitor: Visitor, good: int) -> Mapping[str, str]:
        """From the button under the good to the one that places the order; the form behind it."""

    def place(self, visitor: Visitor, form: Mapping[str, str]) -> Answer:
        """Press it."""

    def is_placed(self, answer: Answer) -> bool: ...


@dataclass(frozen=True)
class Shop:
    """`list_pages` must each show `card` once for every good; `goods` stand for the same goods in
    the same order at both shops; `count` gives the queries of pages by name, and of `buying`."""

    name: str
    database: str
    run: Callable[[int], AbstractContextManager[int]]
    list_pages: Sequence[str]
    card: str
    product_pages: Sequence[str]
    basket_page: str
    goods: Sequence[int]
    way: Way
    count: Callable[[Pages, int], Mapping[str, int]]
