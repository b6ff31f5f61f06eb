"""Writing the first pages of fairs, and the page that lists them."""

from collections.abc import Iterator, Mapping

from wagtail.models import Page

from cms.blocks.rules import FAIR
from cms.expos.models import FairIndexPage, FairPage
from cms.home.models import HomePage
from cms.services.articles import translation_of, write_article
from cms.services.sections import sections
from cms.services.words import Words

GOODS = 8
EXHIBITORS = 8


def phone_pictures(texts: Mapping) -> Iterator[str]:
    """Upright pictures show what the wide ones say: they have no words of their own."""
    return (row["phone_image"] for row in texts["fair"])


def write_fairs(*, texts: Mapping, words: Words, home: HomePage) -> dict[str, Page]:
    """The list and its fairs by slug, as "expos/nianhuo".

    A page of another kind that stands in the place of the list stays with what is below it.
    """
    index = write_article(kind=FairIndexPage, row=texts["index"], words=words, parent=home)
    if isinstance(index, FairIndexPage):
        for row in texts["fair"]:
            write_fair(row=row, texts=texts["sections"], words=words, index=index)
    below = {f"{index.slug}/{page.slug}": page for page in index.get_children()}
    return {index.slug: index, **below}


def write_fair(*, row: Mapping, texts: Mapping, words: Words, index: FairIndexPage) -> None:
    if Page.objects.child_of(index).filter(slug=row["slug"]).exists():
        return
    head = row["page"]
    page = FairPage(
        title=words.of(row, "name"),
        slug=row["slug"],
        locale=index.locale,
        fair_id=words.fairs[row["key"]],
        kicker=words.of(head, "kicker"),
        headline="\n".join(words.of(head, "title")),
        introduction=words.of(head, "introduction"),
        search_description=words.of(head, "introduction"),
        image_id=words.pictures[row["image"]],
        phone_image_id=words.pictures[row["phone_image"]],
        thanks=words.of(head, "thanks"),
        body=body_of(row, texts, words),
    )
    translation = translation_of(parent=index, slug=row["slug"])
    if translation:
        page.translation_key = translation.translation_key
    index.add_child(instance=page)
    page.save_revision().publish()


def body_of(row: Mapping, texts: Mapping, words: Words) -> list[tuple[str, dict]]:
    """First what the fair shows, then what is told of it; of one that was, the other way round."""
    told, shown = sections(row["section"], words), shown_sections(row, texts, words)
    body = [*told, *shown] if row["state"] == "reported" else [*shown, *told]
    place = ("place", {"title": words.of(texts, "place")})
    return [*body, place, ("hosts", {"title": words.of(texts, "hosts")})]


def shown_sections(row: Mapping, texts: Mapping, words: Words) -> list[tuple[str, dict]]:
    shelf = {
        "title": words.of(texts, "shelf"),
        "lead": words.of(texts, "shelf_lead"),
        "link": words.of(texts, "shelf_link"),
        "rule": FAIR,
        "fair": words.fairs[row["key"]],
        "count": GOODS,
    }
    exhibitors = {
        "title": words.of(texts, "exhibitors"),
        "lead": words.of(texts, "exhibitors_lead"),
        "count": EXHIBITORS,
    }
    booths = {"title": words.of(texts, "booths"), "aisle": words.of(texts, "aisle")}
    sign_up = {"title": words.of(texts, "sign_up"), "text": words.of(texts, "sign_up_text")}
    return [
        ("exhibitors", exhibitors),
        ("booth_plan", booths),
        ("shelf", shelf),
        ("timetable", {"title": words.of(texts, "programme")}),
        ("sign_up", sign_up),
    ]
