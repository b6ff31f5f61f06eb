"""What the blocks of one page need from the database, asked for once for all of them.

Each block first tells its needs (`gather`), then the page reads them in one query per kind
of row, and each block takes its own (`fill`). The number of queries does not depend on how
many blocks a page has or how many goods they show.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from catalog.models import Category, Product
from catalog.producers.models import Cooperative
from cms.blocks.language import page_address
from cms.blocks.rules import ShelfRule, marked
from cms.images.models import PageImage
from marketplace.pictures import Picture

HOME_DEPTH = 2


@dataclass
class Needs:
    """Keys of chosen rows, rules of shelves, and how many producers a list shows."""

    translations_of: Page
    images: set[int | None] = field(default_factory=set)
    pages: set[int | None] = field(default_factory=set)
    products: set[int | None] = field(default_factory=set)
    cooperatives: set[int | None] = field(default_factory=set)
    rules: set[ShelfRule] = field(default_factory=set)
    specialties: bool = False
    producers: int = 0
    others: dict["Reader", set[Hashable]] = field(default_factory=dict)

    def ask(self, reader: "Reader", what: Hashable) -> None:
        """For kinds of rows that this room does not know: `reader` reads all that is asked."""
        self.others.setdefault(reader, set()).add(what)


def needs_of_sections(page: Page) -> Needs:
    """Of a page whose `body` is sections."""
    needs = Needs(translations_of=page)
    for child in page.body:
        child.block.gather(child.value, needs)
    return needs


class Found:
    """The rows behind `needs` on `day`; each kind is read at its first use."""

    def __init__(self, needs: Needs, *, day: date) -> None:
        self.needs = needs
        self.day = day
        self._others: dict[Reader, Any] = {}

    def of(self, reader: "Reader") -> Any:
        """What `reader` made of all that was asked of it."""
        if reader not in self._others:
            self._others[reader] = reader(self.needs.others.get(reader, set()), self)
        return self._others[reader]

    @cached_property
    def pictures(self) -> dict[int, Picture]:
        """Those that blocks chose, and those of rows that readers find; none whose person has
        withdrawn."""
        for reader in self.needs.others:
            self.of(reader)
        keys = self.needs.images - {None}
        return PageImage.objects.agreed(self.day).pictures(keys) if keys else {}

    @cached_property
    def pages(self) -> list[Page]:
        """The published pages that blocks link to, this page in its languages, those above it."""
        here = self.needs.translations_of
        family = Q(translation_key=here.translation_key)
        steps = range(HOME_DEPTH * here.steplen, len(here.path), here.steplen)
        above = Q(path__in=[here.path[:step] for step in steps])
        wanted = Q(pk__in=self.needs.pages - {None}) | family | above
        return list(Page.objects.live().filter(wanted).order_by("path").select_related("locale"))

    @cached_property
    def above(self) -> list[Page]:
        """From the home page down, without the page itself."""
        here = self.needs.translations_of
        above = [page for page in self.pages if here.path.startswith(page.path)]
        return [page for page in above if page.pk != here.pk]

    @cached_property
    def addresses(self) -> dict[int, str]:
        return {page.pk: page_address(page) for page in self.pages}

    @cached_property
    def translations(self) -> dict[str, str]:
        """Address of this page by language, in those languages in which it is published."""
        here = self.needs.translations_of
        return {
            page.locale.language_code: self.addresses[page.pk]
            for page in self.pages
            if page.translation_key == here.translation_key
        }

    @cached_property
    def goods(self) -> dict[int, Product]:
        """The chosen goods that are for sale, and those that the shelves' rules ask for."""
        keys = self.needs.products - {None}
        if not keys and not self.needs.rules:
            return {}
        for_sale = Product.objects.for_sale(self.day)
        wanted = Q(pk__in=keys)
        for rule in self.needs.rules:
            wanted |= Q(pk__in=rule.select(for_sale, self.day).values("pk"))
        goods = marked(for_sale.filter(wanted), self.needs.rules, self.day)
        return {product.pk: product for product in goods.for_cards()}

    @cached_property
    def specialties(self) -> list[Category]:
        categories = Category.objects.specialties().with_product_count(self.day)
        return list(categories) if self.needs.specialties else []

    @cached_property
    def producers(self) -> list[Cooperative]:
        """The specialties taking turns, so that a short list shows all of them."""
        most = self.needs.producers
        return list(Cooperative.objects.for_cards().specialties_in_turn()[:most]) if most else []

    @cached_property
    def cooperatives(self) -> dict[int, Cooperative]:
        keys = self.needs.cooperatives - {None}
        chosen = Cooperative.objects.for_cards().filter(pk__in=keys) if keys else ()
        return {cooperative.pk: cooperative for cooperative in chosen}


# Takes all that was asked of it, and `Found` for the day and for adding `needs.images` of its rows.
Reader = Callable[[set[Any], Found], Any]
