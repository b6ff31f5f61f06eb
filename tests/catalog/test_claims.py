"""Words that may not stand in a good's texts: found however they are written, and no others."""

import pytest

from catalog.claims import claim_words, find_claims, groups
from marketplace.demo import reading


def found(text):
    return [claim.word for claim in find_claims(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("常吃可以降血糖", ["降血糖"]),
        ("降 血 糖、降·血·脂", ["降血糖", "降血脂"]),
        ("國家級品質，特供", ["国家级", "特供"]),
        ("１００％纯天然", ["100%纯天然"]),
        ("武川最好吃的莜面", ["最好吃"]),
        ("销量NO.1", ["NO.1"]),
        ("The BEST oats, zero  additives", ["the best"]),
        ("secures the harvest", []),
        ("最好放冰箱冷藏，第一遍水倒掉", []),
        ("巴氏杀菌后装袋", []),
        ("", []),
        ("\ud800 \x00", []),
    ],
)
def test_banned_words_are_found_however_they_are_written(text, words):
    assert found(text) == words


def test_every_word_of_the_list_finds_itself_and_names_its_law():
    for group in groups():
        for word in group["words"]:
            [claim, *_] = find_claims(f"本品{word}。" if not word.isascii() else word)
            assert claim.word in (word, claim.word)
            assert claim.law in claim.words


def test_a_word_is_said_once_for_all_texts():
    assert len(claim_words(["降糖", "也降糖", "好吃"])) == 1


def test_the_demonstration_goods_and_makers_hold_none():
    texts = [
        text
        for entry in [*reading.goods(), *reading.cooperatives()]
        for text in entry.values()
        if isinstance(text, str)
    ]
    assert [word for text in texts for word in found(text)] == []
