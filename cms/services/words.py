"""From the texts of pages.toml to the sections of a page, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Page


@dataclass(frozen=True)
class Words:
    """Picks a language, and turns what the texts call pictures, goods and others into keys.

    Counties go by their codes, which are their keys: looked up all the same, so that a code
    that nobody has is noticed.
    """

    language: str
    day: date
    pictures: Mapping[str, int]
    goods: Mapping[int, int]
    cooperatives: Mapping[str, int]
    specialties: Mapping[str, int]
    counties: Mapping[str, str]
    fairs: Mapping[str, int]

    def of(self, table: Mapping, name: str) -> Any:
        """The entry in this language; the English one bears the suffix _en."""
        return table.get(f"{name}_en" if self.language == "en" else name, "")

    def each(self, rows: list[Mapping], *names: str) -> list[dict]:
        return [{name: self.of(row, name) for name in names} for row in rows]


def home_sections(texts: Mapping, words: Words, pages: Mapping[str, Page]) -> list[tuple]:
    def heading(name: str) -> dict:
        return words.each([texts[name]], "title", "lead", "link")[0]

    shelf, story = texts["shelf"], texts["story"]
    return [
        ("lead", _lead(texts, words)),
        ("specialties", heading("specialties")),
        (
            "shelf",
            {
                **heading("shelf"),
                "goods": [words.goods[number] for number in shelf["goods"]],
                "feature": words.goods[shelf["feature"]],
                "feature_text": words.of(shelf, "feature_text"),
            },
        ),
        ("fair", {"button": words.of(texts["fair"], "button")}),
        (
            "story",
            {
                **words.each([story], "kicker", "title", "text")[0],
                "image": words.pictures[story.get("image", "story-cellar.webp")],
                "colour": story.get("colour", "potato"),
                "link": {"label": words.of(story, "link"), "page": pages[story["page"]].pk},
            },
        ),
        ("producers", heading("producers")),
        ("stories", heading("stories")),
        ("promises", {"promises": words.each(texts["promises"], "title", "text")}),
    ]


def _lead(texts: Mapping, words: Words) -> dict:
    return {
        "poem": words.of(texts, "poem"),
        "image": words.pictures["home.webp"],
        "phone_image": words.pictures["home-m.webp"],
        "notes": words.each(texts["notes"], "title", "text"),
        "button": {"label": words.of(texts, "button"), "url": "/shop/"},
    }
