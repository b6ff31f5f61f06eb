"""Words that goods bear of their packs, categories and makers: the search follows them."""

import pytest
from modelsearch.index import RelatedFields

from catalog import services
from catalog.models import Product, ProductCategory
from catalog.origins.services import Names, rename_region
from catalog.receivers import WORDS
from catalog.tasks import index_goods
from marketplace.search.querysets import find, read_query
from marketplace.search.services import index_objects
from tests.factories import CooperativeFactory, ProductFactory, pack_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    made = ProductFactory(title="石磨莜面粉", packs=[("10.00", 1, 1000)])
    index_objects(model=Product, pks=[made.pk])
    return made


@pytest.fixture
def shelf(product):
    return product.specialty.add_child(name="早餐冲饮", slug="zao-can")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """What is done inside is committed at its end; the worker runs at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def queued(monkeypatch, commit):
    """The tasks that were queued; none of them runs."""
    tasks = []
    monkeypatch.setattr(index_goods, "delay", lambda *args: tasks.append(args))
    return tasks


def is_found(words):
    return find(Product.objects.all(), read_query(words)).exists()


def test_a_renamed_pack_is_found_after_the_commit(product, commit):
    pack = pack_of(product)
    with commit():
        pack.title, pack.title_en = "家庭装", ""
        pack.save()
        assert not is_found("家庭装")
    assert is_found("家庭装")
    assert not is_found("1000g")


def test_a_new_pack_is_found_and_a_deleted_one_is_not(product, commit):
    with commit():
        pack = Product.objects.create(
            structure="child", parent=product, title="礼盒装", slug="lihe", net_grams=500
        )
    assert is_found("礼盒装")
    with commit():
        pack.delete()
    assert not is_found("礼盒装")
    assert is_found("莜面粉")


def test_goods_of_a_renamed_specialty_are_found_by_its_new_name(product, commit):
    with commit():
        product.specialty.name = "青稞"
        product.specialty.save()
    assert is_found("青稞")


def test_goods_of_a_renamed_county_are_found_by_its_new_name(product, commit):
    with commit():
        rename_region(code=product.county_id, names=Names("北坡县", ""))
    assert is_found("北坡县")


def test_goods_of_a_renamed_cooperative_are_found_by_its_new_name(product, commit):
    with commit():
        product.cooperative.short_name_en = "Cellar folk"
        product.cooperative.save(update_fields=["short_name_en"])
    assert is_found("cellar")


def test_goods_bear_the_name_of_a_shelf_while_they_stand_on_it(product, shelf, commit):
    with commit():
        place = ProductCategory.objects.create(product=product, category=shelf)
    assert is_found("冲饮")
    with commit():
        shelf.name = "杂粮糊"
        shelf.save()
    assert is_found("杂粮糊")
    with commit():
        place.delete()
    assert not is_found("杂粮糊")


@pytest.mark.parametrize("by_good", [True, False])
def test_shelves_given_from_either_side_count_too(product, shelf, commit, by_good):
    near, far = (product.categories, shelf) if by_good else (shelf.product_set, product)
    with commit():
        near.add(far)
    assert is_found("冲饮")
    with commit():
        near.remove(far)
    assert not is_found("冲饮")


def test_what_changes_no_word_queues_nothing(product, shelf, commit, queued):
    pack, maker = pack_of(product), product.cooperative
    with commit():
        pack.net_grams = 900
        pack.save()
        shelf.tagline = "一碗热的"
        shelf.save()
        maker.short_name, maker.summary = "写在内存里", "新的简介"
        maker.save(update_fields=["summary"])
        CooperativeFactory()
        product.specialty.add_child(name="米", slug="mi")
    assert queued == []


def test_a_change_of_words_queues_one_task_however_many_goods_bear_them(product, commit, queued):
    ProductFactory.create_batch(3, cooperative=product.cooperative)
    queued.clear()
    with commit():
        product.cooperative.short_name = "薯窖人"
        product.cooperative.save()
    assert queued == [("cooperative", product.cooperative_id)]


def test_each_task_indexes_one_batch_and_leaves_the_rest_to_the_next(product, monkeypatch):
    goods = [product, *ProductFactory.create_batch(4, cooperative=product.cooperative)]
    batches = []
    monkeypatch.setattr(services, "BATCH", 2)
    monkeypatch.setattr(services, "index_objects", lambda model, pks: batches.append(pks))
    index_goods("cooperative", product.cooperative_id)
    pks = [good.pk for good in goods]
    assert batches == [pks[:2], pks[2:4], pks[4:]]


def test_a_dead_broker_refuses_no_change(product, commit, dead_broker):
    with commit():
        product.cooperative.short_name = "薯窖人"
        product.cooperative.save()
    product.cooperative.refresh_from_db()
    assert product.cooperative.short_name == "薯窖人"


def test_the_words_are_those_that_the_search_keeps_of_other_rows():
    kept = {
        (Product._meta.get_field(related.field_name).related_model, word.field_name)
        for related in Product.search_fields
        if isinstance(related, RelatedFields)
        for word in related.fields
    }
    watched = {(model, word) for model, words in WORDS.items() for word in words}
    assert kept == watched
