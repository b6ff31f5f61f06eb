"""Wagtail's own doors to the search: products, pages and images alike."""

import pytest
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from catalog.models import Product
from marketplace.search.backend import SearchBackend


def search(query, model=Product, **options):
    return get_search_backend().search(query, model, **options)


def test_wagtail_finds_our_backend():
    assert isinstance(get_search_backend(), SearchBackend)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("燕麦", ["oat_rice", "oat_flour", "oil"]),
        (PlainText("土豆 羊肉"), []),
        (PlainText("土豆 羊肉", operator="or"), ["potato", "lamb_rolls", "shumai", "starch"]),
        (Phrase("黄心鲜食"), ["potato"]),
        (And([PlainText("燕麦"), PlainText("有机")]), ["oat_rice"]),
        (Or([PlainText("有机"), PlainText("烧麦")]), ["oat_rice", "shumai"]),
        (And([PlainText("燕麦"), Not(PlainText("有机"))]), ["oat_flour", "oil"]),
        (Boost(PlainText("小米"), 2), ["millet"]),
        (Fuzzy("小米"), ["millet"]),
        (Not(MATCH_ALL), []),
        ("", []),
        ("  ", []),
        ("\x00%", []),
    ],
)
def test_all_kinds_of_query_are_answered(names, query, found):
    assert names(search(query)) == found


def test_everything_is_the_whole_queryset(shelf):
    parents = Product.objects.filter(structure="parent")
    assert len(search(MATCH_ALL, parents)) == 8


def test_results_can_be_cut_counted_and_scored(shelf, names):
    results = search("燕麦")
    assert results.count() == 3
    assert names(results[1:3]) == ["oat_flour", "oil"]
    assert [product.score for product in results.annotate_score("score")] == [2, 1, 0]


def test_fields_limit_where_words_are_looked_for(shelf, names):
    assert names(search("燕麦", fields=["title"])) == ["oat_rice", "oat_flour"]
    assert names(search("有机", fields=["title"])) == ["oat_rice"]
    assert names(search("青盐坡", fields=["title"])) == []


def test_another_order_and_filters_are_kept(shelf, names):
    ordered = search("燕麦", Product.objects.order_by("-pk"), order_by_relevance=False)
    mutton = Product.objects.filter(specialty=shelf["shumai"].specialty)
    assert names(ordered) == ["oil", "oat_rice", "oat_flour"]
    assert names(search("羊肉", mutton)) == ["lamb_rolls", "shumai"]


def test_unordered_results_are_ordered_by_key(shelf, names):
    assert names(search("燕麦", order_by_relevance=False)) == ["oat_flour", "oat_rice", "oil"]


def test_facets_count_found_goods(shelf):
    counts = search("燕麦").facet("specialty_id")
    assert counts == {shelf["oat_rice"].specialty_id: 2, shelf["oil"].specialty_id: 1}


def test_the_chooser_completes_titles_and_names(shelf, names):
    backend = get_search_backend()
    assert names(backend.autocomplete("yangr", Product)) == ["lamb_rolls", "shumai"]
    assert names(backend.autocomplete("新麦", Product)) == []


def test_pages_are_found_in_chinese_and_pinyin(db):
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title="阴山北麓的燕麦", slug="story"))
    get_search_backend().add(page)
    assert list(search("燕麦", Page)) == [page]
    assert list(search("yanmai", Page)) == [page]
    assert list(get_search_backend().autocomplete("北麓", Page.objects.live())) == [page]


def test_rebuilding_the_index_gives_the_same_results(shelf, names):
    backend = get_search_backend()
    index = backend.get_index_for_model(Product)
    rebuilder = backend.rebuilder_class(index)
    rebuilding = rebuilder.start()
    rebuilding.add_items(Product, list(Product.get_indexed_objects()))
    rebuilder.finish()
    assert names(search("燕麦")) == ["oat_rice", "oat_flour", "oil"]
