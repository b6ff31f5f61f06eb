"""Writing one page of running text, unless it is there."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Page

from cms.blocks.pages import SectionsPage
from cms.services.sections import sections
from cms.services.words import Words


def write_article(
    *, kind: type[SectionsPage], row: Mapping, words: Words, parent: Page, **fields: Any
) -> Page:
    """The page below `parent` with the slug of the row. One that is there is an editor's and
    stays as it is, of whatever kind; a new one is published, and its translation knows of it.
    `fields` go before what the row says.
    """
    page = Page.objects.child_of(parent).filter(slug=row["slug"]).first()
    if page:
        return page.specific
    summary = words.of(row, "summary")
    values = {
        "title": words.of(row, "title"),
        "kicker": words.of(row, "kicker"),
        "introduction": summary,
        "search_description": summary,
        "image_id": words.pictures.get(row.get("image")),
        "body": sections(row.get("section", []), words),
    }
    page = kind(slug=row["slug"], locale=parent.locale, **{**values, **fields})
    translation = translation_of(parent=parent, slug=row["slug"])
    if translation:
        page.translation_key = translation.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def translation_of(*, parent: Page, slug: str) -> Page | None:
    """The page with this slug below the translation of `parent`."""
    others = parent.get_translations()
    found = (Page.objects.child_of(other).filter(slug=slug).first() for other in others)
    return next(filter(None, found), None)
