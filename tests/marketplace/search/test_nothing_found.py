import pytest
from django.contrib.contenttypes.models import ContentType

from catalog.models import Product
from marketplace.search.querysets import WordHits, find, nearest, read_query, single_words


def near(words, limit=4):
    return nearest(Product.objects.all(), read_query(words), limit)


@pytest.mark.parametrize(
    ("words", "closest"),
    [
        ("土豆 手机", "potato"),
        ("yanmia", "oat_flour"),
        ("yangroujaun", "lamb_rolls"),
        ("potatz", "potato"),
        ("油面", "oat_flour"),
        ("羔羊排骨", "lamb_rolls"),
    ],
)
def test_what_comes_close_is_offered(names, words, closest):
    assert not find(Product.objects.all(), read_query(words))
    assert names(near(words))[0] == closest


@pytest.mark.parametrize("words", ["", "电脑", "x", "%", "\ud800", "123456"])
def test_where_nothing_is_close_nothing_is_offered(shelf, words):
    assert list(near(words)) == []


def test_no_more_is_offered_than_asked_for(shelf):
    assert len(near("燕麦 手机", limit=1)) == 1


def test_words_that_find_something_alone_are_told_with_their_numbers(shelf):
    query = read_query("土豆 手机 莜面")
    assert single_words(Product.objects.all(), query) == [
        WordHits("土豆", 2),
        WordHits("莜面", 3),
    ]


@pytest.mark.parametrize("words", ["", "手机", "土豆"])
def test_a_single_word_has_no_words_to_try_alone(shelf, words):
    assert single_words(Product.objects.all(), read_query(words)) == []


def test_both_helps_take_two_queries(shelf, django_assert_num_queries):
    query = read_query("土豆 手机 莜面")
    ContentType.objects.get_for_model(Product)
    with django_assert_num_queries(2):
        assert list(nearest(Product.objects.all(), query))
        assert single_words(Product.objects.all(), query)
