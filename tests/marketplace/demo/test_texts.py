"""What the demonstration says: lawful in every line, in both languages, with words for pictures."""

import re
import tomllib

import pytest

from catalog.claims import find_claims
from marketplace.demo import reading

FILES = sorted(
    str(path.relative_to(reading.DATA).with_suffix("")) for path in reading.DATA.rglob("*.toml")
)
HAN = re.compile("[一-鿿]")


def texts(value, place=""):
    """(place, text) of every text below."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, f"{place}.{name}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from texts(each, f"{place}.{number}")


def tables(value):
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from tables(each)
    elif isinstance(value, list):
        for each in value:
            yield from tables(each)


def content(name):
    return tomllib.loads((reading.DATA / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_no_text_holds_a_forbidden_word(name):
    found = [
        (place, claim.word) for place, text in texts(content(name)) for claim in find_claims(text)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["pages", "stories", "brands", "fairs"])
def test_every_text_in_chinese_stands_beside_its_english(name):
    """Names of people and papers, and what exhibitors answer, are in Chinese only."""
    alone = [
        (key, value)
        for table in tables(content(name))
        for key, value in table.items()
        if isinstance(value, str) and HAN.search(value)
        if not key.endswith("_en") and f"{key}_en" not in table and key not in CHINESE_ONLY
    ]
    assert alone == []


CHINESE_ONLY = {"icp_number", "cold", "show", "new", "reason", "permit_number"}


@pytest.mark.parametrize("name", ["pages", "stories", "brands", "fairs"])
def test_every_picture_is_there_and_has_its_words(name):
    pictured = [table for table in tables(content(name)) if "image" in table]
    for table in pictured:
        assert (reading.ART / table["image"]).is_file()
        assert (reading.ART / table.get("phone_image", table["image"])).is_file()
        assert table["image_alt"]
        assert table["image_alt_en"]
    assert pictured


def test_pictures_of_pages_are_light_enough_for_a_phone():
    heavy = [
        path.name
        for name in ("story", "county", "brand", "fair", "og")
        for path in reading.ART.glob(f"{name}*.webp")
        if path.stat().st_size > 215_000
    ]
    assert heavy == []


def test_people_and_producers_who_are_quoted_are_marked_as_invented():
    quoted = [
        table["who"] for name in ("stories", "brands", "fairs") for table in tables(content(name))
        if "who" in table
    ]  # fmt: skip
    assert len(quoted) == 10
    assert all("（虚构）" in who for who in quoted)
    assert all("（虚构）" in story["teller"] for story in content("stories")["story"])
