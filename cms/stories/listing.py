"""The list of stories: one page of it, and the filters as plain links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.stories.querysets import StoryQuerySet

COUNTY, SPECIALTY, PAGE = "county", "specialty", "page"
PER_PAGE = 13


@dataclass(frozen=True)
class Option:
    label: str
    url: str
    is_chosen: bool
    colour: str = ""


@dataclass(frozen=True)
class Filter:
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Listing:
    """`stories` are those of this page that fit the choice; `is_filtered` when one was made.

    `address` is the one by which search engines know it: of a choice that of the whole list.
    """

    stories: list[Any]
    page: Page
    filters: list[Filter]
    is_filtered: bool
    address: str
    previous_url: str
    next_url: str


def read_listing(told: StoryQuerySet, params: Mapping[str, str], path: str) -> Listing:
    """`told` are the stories of one language; a value that none of them has finds none."""
    choice = {name: params[name] for name in (COUNTY, SPECIALTY) if params.get(name)}
    known = _known(told)
    if all(value in known[name] for name, value in choice.items()):
        fitting = told.about(county=choice.get(COUNTY), specialty=choice.get(SPECIALTY))
    else:
        fitting = told.none()
    page = Paginator(fitting.for_cards().latest_first(), PER_PAGE).get_page(params.get(PAGE))
    before = page.previous_page_number() if page.has_previous() else 0
    after = page.next_page_number() if page.has_next() else 0
    return Listing(
        stories=list(page),
        page=page,
        filters=_filters(known, choice, path),
        is_filtered=bool(choice),
        address=_address(path, {PAGE: page.number} if before and not choice else {}),
        previous_url=_address(path, {**choice, PAGE: before}) if before else "",
        next_url=_address(path, {**choice, PAGE: after}) if after else "",
    )


def _known(told: StoryQuerySet) -> dict[str, dict[str, tuple[str, str]]]:
    """Label and colour of every county and specialty that there are stories of."""
    known: dict[str, dict[str, tuple[str, str]]] = {SPECIALTY: {}, COUNTY: {}}
    for story in told.places():
        if story.county:
            known[COUNTY][story.county_id] = (story.county.name_text, "")
        if story.specialty:
            label = (story.specialty.name_text, story.specialty.colour)
            known[SPECIALTY][story.specialty.slug] = label
    return known


def _filters(known: Mapping[str, Mapping], choice: Mapping[str, str], path: str) -> list[Filter]:
    """A filter by which nothing can be told apart is not offered."""
    labels = {SPECIALTY: _("Kind of goods"), COUNTY: _("County")}
    filters = [
        Filter(labels[name], _options(name, values.items(), choice, path))
        for name, values in known.items()
    ]
    return [each for each in filters if len(each.options) > 1 or (choice and each.options)]


def _options(
    name: str, values: Iterable[tuple], choice: Mapping[str, str], path: str
) -> list[Option]:
    """Touching what is chosen takes the choice back."""
    options = []
    for key, (label, colour) in sorted(values):
        is_chosen = choice.get(name) == key
        others = {each: value for each, value in choice.items() if each != name}
        wanted = others if is_chosen else {**others, name: key}
        options.append(Option(label, _address(path, wanted), is_chosen, colour))
    return options


def _address(path: str, params: Mapping[str, object]) -> str:
    return f"{path}?{urlencode(params)}" if params else path
