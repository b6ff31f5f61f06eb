"""What the card of a page shows: the page, its address and its picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cms.blocks.language import page_address
from cms.blocks.reading import Found
from marketplace.pictures import Picture


@dataclass(frozen=True)
class PageCard:
    """`page` is of a kind with kicker, title and introduction, read with its locale."""

    page: Any
    url: str
    picture: Picture | None


def page_cards(pages: Iterable[Any], found: Found) -> list[PageCard]:
    pictures = found.pictures
    return [PageCard(page, page_address(page), pictures.get(page.image_id)) for page in pages]
