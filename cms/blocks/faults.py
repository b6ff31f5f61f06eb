"""What keeps a page from being published: forbidden words, and people who have not agreed.

Every text of a page is looked at, in whatever block or row it stands, so that a new kind of page or
block needs to do nothing for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    Block,
    ChoiceBlock,
    EmailBlock,
    ListBlock,
    ListBlockValidationError,
    RegexBlock,
    StreamBlockValidationError,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.rich_text import RichText

from catalog.claims import page_claim_words
from cms.blocks.faults_figures import own_faults
from cms.images.models import PageImage

# Not words that anybody reads, and places where an address or a choice stands.
UNREAD = {"path", "url_path", "draft_title"}
NO_TEXT_FIELDS = (models.SlugField, models.URLField, models.EmailField)
NO_TEXT_BLOCKS = (ChoiceBlock, URLBlock, EmailBlock, RegexBlock)
NONE: Mapping[Any, ValidationError] = {}


class Faults(dict[str, ValidationError]):
    """By field of the page; a StreamField's is nested as its blocks are."""

    @property
    def words(self) -> list[str]:
        """Each thing that is to be said, once."""
        return list(dict.fromkeys(word for error in self.values() for word in said(error)))


class PageHasFaults(Exception):
    """Nothing was published: the page holds what it must not."""

    def __init__(self, page: Page, faults: Faults) -> None:
        super().__init__("; ".join(faults.words))
        self.page = page
        self.words = faults.words


@dataclass(frozen=True)
class Judge:
    """Says what is wrong with a text or a picture; a picture is given by its key in a list."""

    day: date

    def __call__(self, value: str | list[int]) -> list[str]:
        if isinstance(value, str):
            return page_claim_words(value)
        if PageImage.objects.filter(pk__in=value).without_consent(self.day).exists():
            return [_("Whoever is in this picture has not agreed, or not any more: take another.")]
        return []


def find_faults(row: models.Model, day: date) -> Faults:
    """Of a page, or of another row that the public sees."""
    return faults_of_row(row, Judge(day))


def faults_in_children(page: Page, day: date) -> list[tuple[models.Model, Faults]]:
    """Of the rows edited inside the page, those with faults; not of comments, which stay inside."""
    judge = Judge(day)
    found = ((row, faults_of_row(row, judge)) for row in rows_of(page))
    return [(row, faults) for row, faults in found if faults]


def refuse_faults(page: Page, day: date) -> None:
    """The last wall before the public, whoever asks. Raises PageHasFaults."""
    faults = find_faults(page, day)
    for _row, more in faults_in_children(page, day):
        faults = Faults({**more, **faults})
    if faults:
        raise PageHasFaults(page, faults)


def rows_of(page: Page) -> Iterator[models.Model]:
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME:
            yield from getattr(page, name).all()


def faults_of_row(row: models.Model, judge: Judge) -> Faults:
    found = Faults()
    for field in row._meta.concrete_fields:
        if field.name in UNREAD or field.choices or isinstance(field, NO_TEXT_FIELDS):
            continue
        error = _fault_of_field(field, field.value_from_object(row), judge)
        if error:
            found[field.name] = error
    own = getattr(row, "own_faults", None)
    return Faults({**found, **own(judge.day)}) if own else found


def _fault_of_field(field: models.Field, value: Any, judge: Judge) -> ValidationError | None:
    if not value:
        return None
    if isinstance(field, StreamField):
        return _fault_of_block(value.stream_block, value, judge)
    if isinstance(field, RichTextField):
        return _fault(judge(plain(value)))
    if isinstance(field, models.CharField | models.TextField):
        return _fault(judge(str(value)))
    if field.related_model is PageImage:
        return _fault(judge([value]))
    return None


def _fault_of_block(block: Block, value: Any, judge: Judge) -> ValidationError | None:
    """Nested as Wagtail wants it, so that the words stand beside the block that holds them."""
    if isinstance(block, BaseStreamBlock):
        parts = ((number, child.block, child.value) for number, child in enumerate(value))
        return _nested(StreamBlockValidationError, parts, judge)
    if isinstance(block, BaseStructBlock):
        parts = ((name, child, value.get(name)) for name, child in block.child_blocks.items())
        return _nested(StructBlockValidationError, parts, judge, own_faults(block, value))
    if isinstance(block, ListBlock):
        parts = ((number, block.child_block, item) for number, item in enumerate(value))
        return _nested(ListBlockValidationError, parts, judge)
    if not value or isinstance(block, NO_TEXT_BLOCKS):
        return None
    if isinstance(block, ImageChooserBlock):
        return _fault(judge([getattr(value, "pk", value)]))
    text = plain(value.source) if isinstance(value, RichText) else value
    return _fault(judge(text)) if isinstance(text, str) else None


def _nested(
    kind: type[ValidationError],
    parts: Iterable[tuple[Any, Block, Any]],
    judge: Judge,
    own: Mapping[Any, ValidationError] = NONE,
) -> ValidationError | None:
    """`own` are faults of the block as a whole, beside the part that says the most."""
    errors = dict(own) | {
        key: error
        for key, block, value in parts
        if value and (error := _fault_of_block(block, value, judge))
    }
    return kind(block_errors=errors) if errors else None


def _fault(words: list[str]) -> ValidationError | None:
    return ValidationError(words) if words else None


def plain(html: str) -> str:
    return unescape(strip_tags(html.replace("<", " <")))


def said(error: ValidationError) -> Iterator[str]:
    for inner in getattr(error, "block_errors", {}).values():
        yield from said(inner)
    if not hasattr(error, "block_errors"):
        yield from error.messages
