"""Lists of the back office: filters in the address, pages, and the way from one to the next.

Everything in an address may be wrong: a wrong filter is said beside its field and left out of
the search and of every link, a page that is not there leads to the nearest that is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.http import urlencode

PAGE_SIZE = 48
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


class NoSuchPage(Exception):
    """The page asked for does not exist; `address` is the nearest one that does."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class CountedPaginator(Paginator):
    """A paginator that is told the number of rows instead of counting them again."""

    def __init__(self, rows: QuerySet, total: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


class FilterForm(forms.Form):
    """A list's filters, read from the address that the list has and written back into it."""

    @cached_property
    def chosen(self) -> dict[str, object]:
        """By field, what was asked for and is right."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_plain(self) -> bool:
        return not self.chosen and not self.errors

    @property
    def page(self) -> int | None:
        """The page asked for; None for what is no number of a page."""
        asked = self.data.get("page", "1")
        return int(asked) if _PAGE.fullmatch(asked) else None

    def address(self, path: str, page: int = 1, **changes: str) -> str:
        """The one address of this state with these changes; defaults are left out."""
        values = {name: str(value) for name, value in self.chosen.items()} | changes
        pairs = [(name, values[name]) for name in self.fields if values.get(name)]
        if page != 1:
            pairs.append(("page", str(page)))
        return f"{path}?{urlencode(pairs)}" if pairs else path


class Chip(NamedTuple):
    """One choice above a list: how many of the rows found it has, and its address."""

    value: str
    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True)
class Listing:
    """One page of the rows that the form's filters find.

    `counts` are by the choices of the field BY, which stand above the list; "" counts them all.
    """

    BY: ClassVar[str]

    form: FilterForm
    page: Page
    counts: Mapping[str, int]
    path: str

    @property
    def choice(self) -> str:
        return self.form.chosen.get(self.BY, "")

    @property
    def total(self) -> int:
        return self.counts[self.choice]

    def chips_for(self, options: Iterable[tuple[str, str]]) -> list[Chip]:
        """The field's options as links; "" is all of them."""
        return [
            Chip(
                value,
                label,
                self.counts[value],
                self.form.address(self.path, **{self.BY: value}),
                value == self.choice,
            )
            for value, label in options
        ]


def read_page(rows: QuerySet, *, total: int, form: FilterForm, path: str) -> Page:
    """The page of these rows that the form's address asks for. Raises NoSuchPage."""
    paginator = CountedPaginator(rows, total)
    number = form.page or 0
    if not 1 <= number <= paginator.num_pages:
        nearest = paginator.num_pages if number else 1
        raise NoSuchPage(form.address(path, nearest))
    page = paginator.page(number)
    page.previous_url = page.has_previous() and form.address(path, number - 1)
    page.next_url = page.has_next() and form.address(path, number + 1)
    return page
