import pytest

from catalog.models import Product
from marketplace.search.services import index_objects, load_synonyms
from tests.factories import ProductFactory
from tests.marketplace.shop.conftest import make_many

pytestmark = pytest.mark.django_db


def put_in_index() -> None:
    load_synonyms()
    goods = Product.objects.filter(structure="parent")
    index_objects(model=Product, pks=goods.values_list("pk", flat=True))


def found(client, words: str, more: str = "") -> list[str]:
    response = client.get(f"/shop/search/?q={words}{more}")
    return [product.title for product in response.context["page"]]


@pytest.fixture
def pantry(goods):
    """The shelf with three goods that have names of their own."""
    for title, price in (("石磨莜面粉", "18.00"), ("羔羊肉卷", "118.00"), ("白藜麦米", "28.00")):
        ProductFactory(title=title, title_en="", packs=[(price, 50, 1000)])
    put_in_index()


@pytest.mark.parametrize("count", [1, 48])
def test_a_search_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    make_many(count)
    put_in_index()
    with django_assert_max_num_queries(12):
        response = client.get("/shop/search/?q=燕麦")
    assert response.context["total"] == count


@pytest.mark.parametrize("count", [1, 48])
def test_nothing_found_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    make_many(count)
    put_in_index()
    with django_assert_max_num_queries(12):
        response = client.get("/shop/search/?q=燕麦 鲍鱼")
    assert response.context["total"] == 0


@pytest.mark.parametrize("count", [1, 48])
def test_a_suggestion_costs_at_most_three_queries(client, count, django_assert_max_num_queries):
    make_many(count)
    put_in_index()
    with django_assert_max_num_queries(3):
        response = client.get("/shop/suggest/?q=yanmai")
    assert len(response.context["suggestions"]) == min(count, 8)


@pytest.mark.parametrize("words", ["莜面", "youmian", "石磨"])
def test_goods_are_found_in_chinese_and_pinyin(client, pantry, words):
    assert found(client, words)[0] == "石磨莜面粉"


def test_what_is_found_can_be_filtered_and_the_words_stay(client, pantry):
    response = client.get("/shop/search/?q=羔羊&price=30-")
    assert [product.title for product in response.context["page"]] == ["羔羊肉卷"]
    plain = "/shop/search/?q=%E7%BE%94%E7%BE%8A"
    assert [each["url"] for each in response.context["active_filters"]] == [plain]
    assert response.context["reset_url"] == plain


def test_goods_not_for_sale_are_not_found(client, goods):
    put_in_index()
    assert goods["lapsed"].title not in found(client, "燕麦片", "&sort=newest")


def test_search_pages_are_not_indexed(client, pantry):
    assert 'content="noindex, follow"' in client.get("/shop/search/?q=燕麦").content.decode()


def test_without_words_the_whole_shelf_is_shown(client, pantry):
    assert client.get("/shop/search/").context["total"] == 12


def test_nothing_found_offers_each_word_and_what_comes_close(client, pantry):
    response = client.get("/shop/search/?q=藜麦 鲍鱼")
    assert response.context["total"] == 0
    assert [each["label"] for each in response.context["suggestions"]] == ["藜麦 1"]
    assert "白藜麦米" in [product.title for product in response.context["nearest"]]
    assert "藜麦 鲍鱼" in response.content.decode()


def test_nothing_found_at_all_leads_to_the_specialties(client, pantry):
    response = client.get("/en/shop/search/?q=zzzz")
    urls = [each["url"] for each in response.context["suggestions"]]
    assert len(urls) == 3
    assert all(url.startswith("/en/shop/c/") for url in urls)


def test_filters_that_leave_nothing_do_not_blame_the_words(client, pantry):
    response = client.get("/shop/search/?q=羔羊&storage=frozen")
    assert response.context["total"] == 0
    assert "suggestions" not in response.context


@pytest.mark.parametrize(
    "q",
    [
        "%00",
        "%ff%fe",
        "燕" * 10_000,
        "' OR 1=1 --",
        "a%20b" * 3000,
        "(((",
        '"',
        "\\",
        "*",
        "%20",
        "＊＆｜！",
    ],
)
def test_no_words_break_the_search(client, pantry, q):
    assert client.get(f"/shop/search/?q={q}").status_code == 200
    assert client.get(f"/shop/suggest/?q={q}").status_code == 200


def test_suggestions_lead_to_goods(client, pantry):
    response = client.get("/shop/suggest/?q=youm")
    product = Product.objects.get(title="石磨莜面粉")
    assert [each["url"] for each in response.context["suggestions"]] == [product.get_absolute_url()]


def test_suggestions_take_no_words_for_nothing(client, pantry):
    assert client.get("/shop/suggest/").context["suggestions"] == []
