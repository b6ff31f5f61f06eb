"""Words that mean the same to a buyer, kept by operators."""

import pytest

from catalog.models import Product
from marketplace.dashboard.models import Change
from marketplace.search.models import SynonymGroup
from marketplace.search.services import index_objects
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/words/"


def words():
    return list(SynonymGroup.objects.order_by("pk").values_list("words", flat=True))


@pytest.fixture
def no_synonyms(db) -> None:
    SynonymGroup.objects.all().delete()


@pytest.fixture
def group(no_synonyms) -> SynonymGroup:
    return SynonymGroup.objects.create(words="酸奶 奶酪")


def path(group):
    return f"{LIST}{group.pk}/"


def found(client, typed):
    page = client.get("/en/shop/search/", {"q": typed}).content.decode()
    return [good.title for good in Product.objects.filter(parent=None) if good.title_en in page]


def test_a_new_group_counts_from_the_next_search_on(office, no_synonyms):
    index_objects(model=Product, pks=[ProductFactory(title="洋芋干", title_en="Dried potato").pk])
    assert found(office, "地蛋") == []
    assert office.post(f"{LIST}new/", {"words": "洋芋，地蛋"})["Location"] == LIST
    assert words() == ["洋芋 地蛋"]
    assert found(office, "地蛋") == ["洋芋干"]


def test_a_removed_group_no_longer_counts_and_is_asked_about_first(office, no_synonyms):
    index_objects(model=Product, pks=[ProductFactory(title="洋芋干", title_en="Dried potato").pk])
    group = SynonymGroup.objects.create(words="洋芋 地蛋")
    assert found(office, "地蛋") == ["洋芋干"]
    assert "Remove this group?" in office.get(f"{path(group)}remove/").content.decode()
    assert words() == ["洋芋 地蛋"]
    office.post(f"{path(group)}remove/")
    assert words() == []
    assert found(office, "地蛋") == []


def test_a_change_is_kept_with_who_when_and_what(office, operator, group):
    office.post(path(group), {"words": "酸奶 酸牛奶 yoghurt"})
    office.post(f"{path(group)}remove/")
    first, second = Change.objects.order_by("pk")
    assert (first.room, first.subject, first.by, first.at) == (
        "words",
        str(group.pk),
        operator,
        NOW,
    )
    assert (first.before, first.after) == (
        {"words": "酸奶 奶酪"},
        {"words": "酸奶 酸牛奶 yoghurt"},
    )
    assert (second.before, second.after) == ({"words": "酸奶 酸牛奶 yoghurt"}, None)
    page = office.get(LIST).content.decode()
    assert "Words: 酸奶 奶酪 → 酸奶 酸牛奶 yoghurt" in page
    assert "No words yet" in page


def test_saving_what_is_there_leaves_no_trace(office, group):
    office.post(path(group), {"words": "酸奶 奶酪"})
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "required"),
        ("酸奶", "at least two"),
        ("酸奶 酸奶", "at least two"),
        ("oat oats", "at least two"),
        ("酸奶 奶", "2 to 20"),
        ("酸奶 " + "长" * 21, "2 to 20"),
        ("酸奶 oat-milk", "not one word"),
        ("酸奶 酸奶oat", "not one word"),
        ("酸奶 ☃☃", "not one word"),
        ("酸奶 <b>", "not one word"),
        (" ".join(f"w{n}" for n in range(13)), "At most 12"),
        ("酸奶 " * 200, "300"),
        ("土豆 洋芋 山药", "Another group"),
        ("a\x00b cd", "Null"),
    ],
)
def test_wrong_words_are_said_beside_the_field_and_change_nothing(office, group, typed, said):
    SynonymGroup.objects.create(words="土豆 洋芋")
    kept = words()
    for address in (path(group), f"{LIST}new/"):
        response = office.post(address, {"words": typed})
        assert response.status_code == 200
        [error] = response.context["form"].errors["words"]
        assert said in error
        assert "field--wrong" in response.content.decode()
    assert words() == kept
    assert not Change.objects.exists()


def test_a_group_that_is_gone_is_not_found(office, group):
    group.delete()
    for tail in ("", "remove/"):
        assert office.get(f"{LIST}1/{tail}").status_code == 404
        assert office.post(f"{LIST}1/{tail}", {"words": "酸奶 奶子"}).status_code == 404


def test_a_word_finds_its_groups(office, group):
    SynonymGroup.objects.create(words="土豆 洋芋")
    page = office.get(LIST, {"q": "洋芋"}).content.decode()
    assert ("土豆 洋芋" in page, "酸奶 奶酪" in page) == (True, False)
    assert "No group has this word" in office.get(LIST, {"q": "x"}).content.decode()


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, group, asked):
    assert office.get(LIST, {"page": asked})["Location"] == LIST


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_costs_the_same_for_any_length(
    office, no_synonyms, count, django_assert_max_num_queries
):
    for number in range(count):
        SynonymGroup.objects.create(words=f"甲{number} 乙{number}")
    office.get(LIST)
    with django_assert_max_num_queries(8):
        office.get(LIST)
