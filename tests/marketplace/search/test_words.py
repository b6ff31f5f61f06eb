import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.search.words import (
    PIECES,
    normalise,
    read_words,
    singular,
    split_words,
    tokens_in,
)

SYNONYMS = {
    "土豆": ("马铃薯", "洋芋"),
    "山药蛋": ("土豆",),
    "燕麦": ("莜面", "裸燕麦"),
    "莜面": ("燕麦",),
    "mutton": ("lamb",),
}
TOKEN = r"[a-z0-9]+\*?|[㐀-䶵一-鿌]{2}|[㐀-䶵一-鿌]\*?"


def words_of(text, synonyms=SYNONYMS):
    return [term.word for term in read_words(text, synonyms).terms]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("燕麦有机", ["燕麦", "有机"]),
        ("５ｋｇ", ["5000g"]),
        ("馬鈴薯", ["马铃薯"]),
        ("莜麵", ["莜面"]),
        ("武川的土豆", ["武川", "土豆"]),
        ("Oats AND Lamb", ["oat", "lamb"]),
        ("crème", ["creme"]),
        ("武川山药蛋", ["武川", "山药蛋"]),
        ("白藜麦", ["白藜麦"]),
        ("洋葱", ["洋葱"]),
        ("土豆 土豆", ["土豆"]),
        ("羊肉 5斤", ["羊肉", "2500g"]),
    ],
)
def test_typed_text_becomes_words(typed, words):
    assert words_of(typed) == words


@pytest.mark.parametrize(
    "typed", ["", "   ", "　", "%", "\x00", "\ud800", "（）", "🐑", "'\"", "*"]
)
def test_text_without_words_is_an_empty_query(typed):
    assert not read_words(typed, SYNONYMS)


def test_an_idle_word_alone_is_still_searched():
    assert words_of("的") == ["的"]


def test_what_is_typed_is_kept_printable_and_short():
    assert read_words("  燕麦\x00\t 5斤 ", {}).typed == "燕麦 5斤"
    assert read_words("a" * 10_000, {}).typed == "a" * 60


def test_words_past_twelve_are_cut():
    typed = " ".join(f"w{number}" for number in range(20))
    assert words_of(typed) == [f"w{number}" for number in range(12)]


def test_a_han_word_is_its_pairs_and_a_single_character_begins_a_pair():
    [flakes] = read_words("燕麦片", {"燕麦片": ()}).terms
    [rice] = read_words("米", {}).terms
    assert flakes.own == (("燕麦", "麦片"),)
    assert rice.own == (("米*",),)


def test_latin_letters_are_a_word_or_initials_and_from_four_on_the_beginning_of_pinyin():
    [short], [long] = read_words("yan", {}).terms, read_words("yanmai", {}).terms
    assert short.own == (("yan",), ("0yan*",))
    assert long.own == (("yanmai*",), ("0yanmai*",))


def test_a_weight_is_searched_as_it_is():
    [weight] = read_words("5斤", {}).terms
    assert weight.own == (("2500g",),)


def test_synonyms_follow_the_typed_word_and_count_apart():
    [potato] = read_words("土豆", SYNONYMS).terms
    assert potato.own == (("土豆",),)
    assert potato.others == (("马铃", "铃薯"), ("洋芋",))
    assert potato.exact.others == ()


def test_a_synonym_that_holds_the_word_itself_is_left_out():
    [oat] = read_words("燕麦", SYNONYMS).terms
    assert oat.others == (("莜面",),)


def test_synonyms_never_cut_a_longer_word_of_the_dictionary():
    assert words_of("洋葱", {"葱": ("大葱",)}) == ["洋葱"]


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("yanm", (("yanm*",), ("0yanm*",))),
        ("ym", (("ym*",), ("0ym*",))),
        ("燕麦", (("燕麦",),)),
        ("2.5kg", (("2500g",),)),
    ],
)
def test_while_typing_the_last_latin_word_may_go_on(typed, last):
    assert read_words(typed, {}).unfinished.terms[-1].own == last


@pytest.mark.parametrize("typed", ["y", "3", ""])
def test_while_typing_one_letter_or_a_figure_says_nothing_yet(typed):
    assert not read_words(typed, {}).unfinished


def test_while_typing_the_finished_words_still_count():
    assert [term.word for term in read_words("燕麦 y", {}).unfinished.terms] == ["燕麦"]


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("oats", "oat"),
        ("potatoes", "potato"),
        ("berries", "berry"),
        ("grass", "grass"),
        ("gas", "gas"),
        ("500gs", "500gs"),
    ],
)
def test_english_plurals_are_folded(plural, one):
    assert singular(plural) == one


def test_text_to_be_found_keeps_its_last_character_by_itself():
    assert list(tokens_in("燕麦片 oats")) == ["燕麦", "麦片", "片", "oat"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_reading_never_fails_and_gives_only_plain_tokens(text):
    query = read_words(text, SYNONYMS)
    tokens = {token for term in query.terms for way in (*term.own, *term.others) for token in way}
    assert len(query.terms) <= 12
    assert len(query.typed) <= 60
    assert all(PIECES.fullmatch(token.removesuffix("*")) for token in tokens)


@settings(deadline=None)
@given(st.text(alphabet="燕麦莜面羊肉卷有机米5斤kg yan", max_size=40))
def test_no_character_of_a_word_is_lost_by_splitting(text):
    text = normalise(text)
    pieces = [piece for piece in PIECES.findall(text) if not piece.isascii()]
    words = [word for word in split_words(text, SYNONYMS) if not word.isascii()]
    assert "".join(words) == "".join(pieces)


def test_a_search_loads_the_word_splitter_but_not_pinyin():
    code = (
        "import sys\n"
        "from marketplace.search import documents, words\n"
        "before = {'rjieba', 'pypinyin', 'zhconv_rs'} & set(sys.modules)\n"
        "words.read_words('燕麦有机', {})\n"
        "print(before, 'rjieba' in sys.modules, 'pypinyin' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set() True False\n"
