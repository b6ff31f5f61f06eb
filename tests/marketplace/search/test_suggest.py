import pytest
from django.contrib.contenttypes.models import ContentType

from catalog.models import Product
from marketplace.search.querysets import read_query, suggest
from tests.marketplace.search.conftest import make_good


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("燕", ["oat_rice", "oat_flour"]),
        ("燕麦", ["oat_flour", "oat_rice"]),
        ("yanm", ["oat_rice", "oat_flour"]),
        ("yangr", ["lamb_rolls", "shumai"]),
        ("yr", ["lamb_rolls", "shumai"]),
        ("yrj", ["lamb_rolls"]),
        ("oa", ["oat_flour", "oat_rice"]),
        ("羊肉 j", ["lamb_rolls", "shumai"]),
        ("洋芋", ["potato", "starch"]),
        (
            "青盐",
            ["oat_flour", "oat_rice", "potato", "starch", "lamb_rolls", "shumai", "oil", "millet"],
        ),
        ("y", []),
        ("3", []),
        ("", []),
        ("%", []),
        ("\x00\ud800", []),
    ],
)
def test_titles_are_suggested_from_what_is_typed_so_far(names, typed, suggested):
    assert names(suggest(Product.objects.all(), typed)) == suggested


def test_titles_come_before_names_and_no_more_than_asked_for(db):
    named = make_good("麸皮")
    titled = [make_good("燕麦米") for _ in range(3)]
    assert suggest(Product.objects.all(), "燕麦") == [*titled, named]
    assert suggest(Product.objects.all(), "燕麦", limit=2) == titled[:2]


def test_only_the_given_rows_are_suggested(shelf, names):
    parents = Product.objects.filter(specialty__slug="mutton").only("title")
    assert names(suggest(parents, "yang")) == ["lamb_rolls", "shumai"]


@pytest.mark.parametrize("count", [1, 48])
def test_suggestions_take_two_queries_at_most(db, count, django_assert_max_num_queries):
    for _ in range(count):
        make_good("燕麦片")
    ContentType.objects.get_for_model(Product)
    read_query("燕麦")
    with django_assert_max_num_queries(2):
        assert len(suggest(Product.objects.all(), "ymp")) == min(count, 8)
