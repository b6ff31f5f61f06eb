"""When the index is written: after the commit by a task, never in the request."""

import pytest
from django.contrib.contenttypes.models import ContentType
from modelsearch.conf import get_app_config

from catalog.models import Product
from marketplace.celery import run_background_task
from marketplace.search.querysets import find, read_query
from marketplace.search.services import index_objects
from marketplace.shop.kept_pages import forget_pages
from tests.factories import ProductFactory, pack_of


def is_found(words):
    return find(Product.objects.all(), read_query(words)).exists()


def entries(product):
    entry = get_app_config().get_model("IndexEntry")
    kind = ContentType.objects.get_for_model(Product)
    return entry.objects.filter(content_type=kind, object_id=str(product.pk)).count()


def test_a_saved_good_is_indexed_only_after_the_commit(db, django_capture_on_commit_callbacks):
    product = ProductFactory(title="燕麦")
    product.title = "荞麦面"
    with django_capture_on_commit_callbacks() as callbacks:
        product.save()
        assert not is_found("荞麦面")
    (index,) = [call for call in callbacks if call is not forget_pages]
    index()
    assert is_found("荞麦面")


def test_saving_queues_one_task_and_indexes_nothing_itself(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    queued = []
    monkeypatch.setattr(run_background_task, "delay", lambda *task: queued.append(task))
    product = ProductFactory(title="小米")
    with django_capture_on_commit_callbacks(execute=True):
        product.save()
    task = "modelsearch.tasks.insert_or_update_object_task"
    assert queued == [(task, ["catalogue", "product", str(product.pk)], {})]
    assert not is_found("小米")


def test_packs_have_no_entry_of_their_own(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        product = ProductFactory(title="燕麦片")
    assert entries(product) == 1
    assert entries(pack_of(product)) == 0


def test_deleting_a_pack_leaves_the_good_on_the_index(db):
    product = ProductFactory(title="燕麦片")
    index_objects(model=Product, pks=[product.pk])
    pack = pack_of(product)
    pack.stockrecords.all().delete()
    pack.delete()
    assert entries(product) == 1


def test_a_deleted_good_leaves_the_index(db):
    product = ProductFactory(title="燕麦片")
    index_objects(model=Product, pks=[product.pk])
    for pack in product.children.all():
        pack.stockrecords.all().delete()
    key = Product(pk=product.pk)
    product.delete()
    assert entries(key) == 0


def test_a_pack_that_changed_is_found_when_its_good_is_indexed_again(db):
    product = ProductFactory(title="燕麦片", packs=[("10.00", 1, 1000)])
    index_objects(model=Product, pks=[product.pk])
    Product.objects.filter(parent=product).update(title="3kg 家庭装")
    assert not is_found("6斤")
    index_objects(model=Product, pks=[product.pk])
    assert is_found("6斤")


@pytest.mark.parametrize("count", [1, 3])
def test_indexing_in_bulk_costs_the_same_for_any_number(db, count, django_assert_max_num_queries):
    pks = [ProductFactory().pk for _ in range(count)]
    ContentType.objects.get_for_model(Product)
    with django_assert_max_num_queries(7 + count):
        assert index_objects(model=Product, pks=pks) == count


def test_bulk_indexing_passes_over_packs_and_what_is_gone(db):
    product = ProductFactory()
    pks = [product.pk, pack_of(product).pk, 10**9]
    assert index_objects(model=Product, pks=iter(pks)) == 1
    assert index_objects(model=Product, pks=[]) == 0
