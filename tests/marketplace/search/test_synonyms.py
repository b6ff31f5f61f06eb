from itertools import combinations

import pytest

from marketplace.search.models import SynonymGroup
from marketplace.search.services import load_synonyms
from marketplace.search.synonyms import read_query, synonyms


def others(word):
    [term] = read_query(word).terms
    return term.others


def test_the_reference_data_brings_the_first_synonyms(db):
    known = synonyms()
    assert {"马铃薯", "洋芋", "山药蛋"} <= set(known["土豆"])
    assert "莜面" in known["燕麦"]
    assert {"胡麻油", "亚麻籽油"} <= set(known["胡油"])
    assert {"稍麦", "烧卖"} <= set(known["烧麦"])


def test_no_first_synonym_is_a_single_character(db):
    words = [word for group in SynonymGroup.objects.all() for word in group.words.split()]
    assert [word for word in words if len(word) < 2] == []


def test_no_two_groups_have_two_words_in_common(db):
    groups = [set(group.words.split()) for group in SynonymGroup.objects.all()]
    assert [(a, b) for a, b in combinations(groups, 2) if len(a & b) > 1] == []


def test_loading_again_leaves_the_editors_work_alone(db):
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(words="酸奶 奶子")
    assert load_synonyms() == 0
    assert [group.words for group in SynonymGroup.objects.all()] == ["酸奶 奶子"]


def test_an_empty_table_is_filled_once(db, no_synonyms):
    count = load_synonyms()
    assert count == SynonymGroup.objects.count() > 10
    assert load_synonyms() == 0
    assert SynonymGroup.objects.count() == count


def test_an_editors_change_counts_at_once(db, no_synonyms):
    assert others("酸奶") == ()
    group = SynonymGroup.objects.create(words="酸奶 奶酪")
    assert others("酸奶") == (("奶酪",),)
    group.words = "酸奶 酸牛奶"
    group.save()
    assert others("酸奶") == (("酸牛", "牛奶"),)
    group.delete()
    assert others("酸奶") == ()


def test_a_change_is_forgotten_again_after_the_commit(
    db, no_synonyms, django_capture_on_commit_callbacks
):
    """A reader in another process may have kept the old ones until the commit."""
    with django_capture_on_commit_callbacks() as callbacks:
        SynonymGroup.objects.create(words="酸奶 奶酪")
    assert len(callbacks) == 1


@pytest.mark.parametrize("words", ["酸奶　奶酪", "酸奶,奶酪", "酸奶、奶酪", " 酸奶  奶酪 "])
def test_editors_may_part_words_as_they_like(db, no_synonyms, words):
    SynonymGroup.objects.create(words=words)
    assert others("酸奶") == (("奶酪",),)


def test_words_of_an_editor_are_read_like_a_search(db, no_synonyms):
    SynonymGroup.objects.create(words="優酪乳 酸奶 Yoghurts")
    assert others("yoghurt") == (("优酪", "酪乳"), ("酸奶",))


def test_a_word_may_stand_in_several_groups(db, no_synonyms):
    SynonymGroup.objects.create(words="粉条 宽粉")
    SynonymGroup.objects.create(words="粉条 粉丝")
    assert others("粉条") == (("宽粉",), ("粉丝",))
    assert others("宽粉") == (("粉条",),)


def test_synonyms_are_read_once(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        read_query("土豆")
        read_query("燕麦")
