"""From rows of texts to the sections of a page, in one language.

A row names its section by `type`; what it holds bears the names of that section's fields.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from cms.blocks.rules import CHOSEN, COOPERATIVE, COUNTY, FAIR, SPECIALTY
from cms.services.words import Words


def sections(rows: Iterable[Mapping], words: Words) -> list[tuple[str, dict]]:
    """Raises KeyError for a kind of section, a good or a producer that nobody has."""
    return [
        (STORED.get(row["type"], row["type"]), SECTIONS[row["type"]](row, words)) for row in rows
    ]


def _text(row: Mapping, words: Words) -> dict:
    return {"text": words.of(row, "text").strip()}


def _notes(row: Mapping, words: Words) -> dict:
    """Small print: a heading and one paragraph."""
    return {"text": f"<h3>{words.of(row, 'title')}</h3><p>{words.of(row, 'text')}</p>"}


def _quote(row: Mapping, words: Words) -> dict:
    return words.each([row], "text", "who", "role")[0]


def _picture(row: Mapping, words: Words) -> dict:
    return {"image": words.pictures[row["image"]], "caption": words.of(row, "caption")}


def _gallery(row: Mapping, words: Words) -> dict:
    pictures = [_picture(picture, words) for picture in row["pictures"]]
    return {"title": words.of(row, "title"), "pictures": pictures}


def _figures(row: Mapping, words: Words) -> dict:
    """A figure without a day holds for the day on which the texts are written."""
    figures = [
        {
            **words.each([figure], "unit", "label", "source")[0],
            "number": figure["number"],
            "as_of": date.fromisoformat(figure["as_of"]) if "as_of" in figure else words.day,
        }
        for figure in row["figures"]
    ]
    return {**words.each([row], "title", "lead")[0], "figures": figures}


def _assistance(row: Mapping, words: Words) -> dict:
    """Which of the published figures; the numbers are never among the texts."""
    chosen = {"figures": row.get("figures", []), "table": row.get("table", "")}
    return {**words.each([row], "title", "lead")[0], **chosen}


def _questions(row: Mapping, words: Words) -> dict:
    questions = [
        {"question": words.of(each, "question"), "answer": f"<p>{words.of(each, 'answer')}</p>"}
        for each in row["questions"]
    ]
    return {"title": words.of(row, "title"), "questions": questions}


def _shelf(row: Mapping, words: Words) -> dict:
    """Chosen goods, or a rule with what it names."""
    named = {
        SPECIALTY: words.specialties,
        COUNTY: words.counties,
        COOPERATIVE: words.cooperatives,
        FAIR: words.fairs,
    }
    rule = row.get("rule", CHOSEN)
    shelf = {**words.each([row], "title", "lead", "link")[0], "rule": rule}
    if rule == CHOSEN:
        return {**shelf, "goods": [words.goods[number] for number in row["goods"]]}
    if rule in named:
        shelf[rule] = named[rule][row[rule]]
    return {**shelf, "count": row["count"]}


def _producer_cards(row: Mapping, words: Words) -> dict:
    cooperatives = [words.cooperatives[key] for key in row["cooperatives"]]
    return {**words.each([row], "title", "lead")[0], "cooperatives": cooperatives}


def _of_fair(row: Mapping, words: Words) -> dict:
    """A section that shows rows of the fair by itself: only how it is called; on another page than
    the fair's, it names the fair."""
    return {**words.each([row], "title", "lead")[0], **_fair(row, words)}


def _fair(row: Mapping, words: Words) -> dict:
    return {"fair": words.fairs[row["fair"]]} if "fair" in row else {}


def _countdown(row: Mapping, words: Words) -> dict:
    return {"title": words.of(row, "title"), **_fair(row, words)}


def _exhibitors(row: Mapping, words: Words) -> dict:
    return {**_of_fair(row, words), "count": row["count"]}


def _booth_plan(row: Mapping, words: Words) -> dict:
    return words.each([row], "title", "lead", "aisle")[0]


def _sign_up(row: Mapping, words: Words) -> dict:
    return {**words.each([row], "title", "text")[0], **_fair(row, words)}


SECTIONS: Mapping[str, Callable[[Mapping, Words], dict[str, Any]]] = {
    "text": _text,
    "notes": _notes,
    "quote": _quote,
    "picture": _picture,
    "gallery": _gallery,
    "figures": _figures,
    "assistance": _assistance,
    "questions": _questions,
    "shelf": _shelf,
    "producer_cards": _producer_cards,
    "exhibitors": _exhibitors,
    "booth_plan": _booth_plan,
    "countdown": _countdown,
    "timetable": _of_fair,
    "place": _of_fair,
    "hosts": _of_fair,
    "sign_up": _sign_up,
}
# Kinds of rows that are stored as another kind of section.
STORED = {"notes": "text"}
