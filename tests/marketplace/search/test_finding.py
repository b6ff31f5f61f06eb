"""What a search finds, and in which order: the same on SQLite and PostgreSQL."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count

from catalog.models import Product
from marketplace.search.models import SynonymGroup
from marketplace.search.querysets import by_relevance, find, read_query
from marketplace.search.services import index_objects
from tests.marketplace.search.conftest import make_good

POTATO, OAT = ["potato", "starch"], ["oat_flour", "oat_rice"]


def search(words):
    query = read_query(words)
    return by_relevance(find(Product.objects.all(), query), query)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("燕麦", ["oat_rice", "oat_flour", "oil"]),
        ("莜面", ["oat_flour", "oat_rice", "oil"]),
        ("燕麦有机", ["oat_rice"]),
        ("yanmai", ["oat_rice", "oat_flour"]),
        ("ym", ["oat_flour", "oat_rice", "oil"]),
        ("youmian", ["oat_flour", "oil"]),
        ("羊肉", ["lamb_rolls", "shumai"]),
        ("yangroujuan", ["lamb_rolls"]),
        ("yrj", ["lamb_rolls"]),
        ("土豆", POTATO),
        ("洋芋", POTATO),
        ("山药蛋", POTATO),
        ("馬鈴薯", ["starch", "potato"]),
        ("5斤", ["oat_rice", "potato"]),
        ("2.5kg", ["oat_rice", "potato"]),
        ("５ｋｇ", ["oat_flour", "potato"]),
        ("土豆 5kg", ["potato"]),
        ("胡麻油", ["oil"]),
        ("烧麦", ["shumai"]),
        ("稍麦", ["shumai"]),
        ("米", ["oat_rice", "millet"]),
        ("小米", ["millet"]),
        ("oat", OAT),
        ("Oats", OAT),
        ("mutton", ["shumai", "lamb_rolls"]),
        ("lamb rolls", ["lamb_rolls"]),
        ("青盐坡 土豆", POTATO),
        ("qingyanpo oats", OAT),
        ("醋", ["shumai"]),
        ("手机", []),
        ("燕麦 手机", []),
    ],
)
def test_words_find_goods_in_order(names, words, found):
    assert names(search(words)) == found


def test_the_title_ranks_before_names_and_names_before_prose(db, no_synonyms):
    in_prose = make_good("小米", summary="配藜麦")
    in_a_name = make_good("黄米", cooperative__short_name="藜麦社")
    in_title = make_good("白藜麦")
    assert list(search("藜麦")) == [in_title, in_a_name, in_prose]


def test_a_synonym_in_the_title_ranks_behind_the_word_itself(db):
    synonym, itself = make_good("洋芋"), make_good("土豆")
    assert list(search("土豆")) == [itself, synonym]


def test_equals_keep_the_order_of_their_keys(db):
    goods = [make_good("燕麦片") for _ in range(3)]
    assert list(search("燕麦片")) == goods


def test_words_may_lie_in_different_fields(shelf, names):
    assert names(search("青盐坡 有机")) == ["oat_rice"]


def test_single_characters_do_not_join_across_words(db):
    make_good("羊 肉")
    assert list(search("羊肉")) == []


def test_a_pinyin_syllable_does_not_find_a_longer_one(db):
    make_good("羊杂")
    assert list(search("yan")) == []
    assert len(search("yang")) == 1


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "%",
        "_",
        "*",
        '"',
        "'",
        "''\"",
        '燕麦"',
        "NEAR(燕 麦)",
        "燕麦 OR",
        "title:燕麦",
        "{title}:燕麦",
        "-燕麦",
        "^燕麦",
        "燕麦 & | ! ( <-> ):*",
        "\\",
        "a" * 10_000,
        "燕麦 " * 3_000,
        "燕" * 10_000,
        "\x00燕麦\x00",
        "\ud800",
        "燕\udfff麦",
        "1; DROP TABLE x",
        "%s %(x)s {0}",
        "999999999999999999斤",
        "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 土豆 燕麦",
    ],
)
def test_no_text_makes_a_search_fail(shelf, words):
    query = read_query(words)
    count = find(Product.objects.all(), query).count()
    assert len(by_relevance(find(Product.objects.all(), query), query)) == count


def test_nothing_typed_finds_nothing(shelf):
    assert not search("").exists()


def test_many_synonyms_of_many_words_are_no_trouble(shelf):
    words = [f"w{number}" for number in range(12)]
    for word in words:
        SynonymGroup.objects.create(words=" ".join([word, *(f"{word}x{n}" for n in range(40))]))
    assert list(search(" ".join(words))) == []


@pytest.mark.parametrize("count", [1, 48])
def test_hits_take_one_query_for_any_number(db, count, django_assert_num_queries):
    pks = [make_good("燕麦片").pk for _ in range(count)]
    ContentType.objects.get_for_model(Product)
    query = read_query("燕麦")
    with django_assert_num_queries(1):
        assert [product.pk for product in search("燕麦")[:24]] == pks[:24]
    with django_assert_num_queries(1):
        assert find(Product.objects.all(), query).count() == count


def test_the_first_search_of_a_process_takes_three_queries(shelf, django_assert_num_queries):
    """Synonyms and content types are read once, then kept."""
    cache.clear()
    ContentType.objects.clear_cache()
    with django_assert_num_queries(3):
        assert len(search("燕麦")) == 3


def test_found_goods_can_be_narrowed_counted_and_excluded(shelf, names):
    query = read_query("燕麦")
    goods = find(Product.objects.all(), query)
    assert goods.filter(specialty__slug="oat").count() == 2
    assert names(goods.exclude(specialty__slug="oat")) == ["oil"]
    by_specialty = goods.values_list("specialty__slug").annotate(n=Count("pk"))
    assert dict(by_specialty) == {"oat": 2, "neighbours": 1}


def test_reindexing_replaces_what_a_good_was_called(shelf):
    product = shelf["oil"]
    Product.objects.filter(pk=product.pk).update(title="菜籽油", summary="")
    index_objects(model=Product, pks=[product.pk])
    assert list(search("胡油")) == []
    assert list(search("菜籽油")) == [product]
