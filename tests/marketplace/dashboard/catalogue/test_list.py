"""All goods of the market, found by its operators."""

import re
from datetime import date, timedelta

import pytest

from catalog.compliance import lacks_paper, missing_papers
from catalog.models import Product, ProductPaper
from marketplace.partner.services import open_shelf
from marketplace.partner.withdrawing import withdraw_good
from marketplace.search.services import index_objects
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY, NOW, stock
from tests.marketplace.dashboard.catalogue.reading import LIST

pytestmark = pytest.mark.django_db


ROW = re.compile(r'href="/en/dashboard/all-goods/(\d+)/')


COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')


def shown(office, **params) -> list[int]:
    response = office.get(LIST, params)
    assert response.status_code == 200
    return [int(pk) for pk in ROW.findall(response.content.decode())]


def test_goods_of_every_cooperative_are_found_by_name_pinyin_number_and_maker(office, mill):
    flour = ProductFactory(cooperative=mill, title="石磨莜面粉", title_en="Oat flour")
    mutton = ProductFactory(title="羊肉卷", title_en="Mutton rolls")
    index_objects(model=Product, pks=[flour.pk, mutton.pk])
    assert shown(office) == [mutton.pk, flour.pk]
    assert shown(office, q="莜面") == [flour.pk]
    assert shown(office, q="mutton") == [mutton.pk]
    assert shown(office, q="youmian") == [flour.pk]
    assert shown(office, q=stock(mutton).partner_sku) == [mutton.pk]
    assert shown(office, cooperative="mill") == [flour.pk]
    assert shown(office, q="羊", cooperative="mill") == []
    assert "No good fits" in office.get(LIST, {"q": "%"}).content.decode()
    assert "North Mill" in office.get(LIST).content.decode()


def test_specialty_narrows_and_the_order_can_be_chosen(office):
    cheap = ProductFactory(title="B", packs=[("9.00", 5, 500)], sellable_until=date(2027, 9, 1))
    dear = ProductFactory(title="A", packs=[("90.00", 5, 500)], sellable_until=date(2027, 3, 1))
    mutton = specialty("mutton", "羊肉")
    Product.objects.filter(pk=dear.pk).update(specialty=mutton)
    assert shown(office, specialty=mutton.pk) == [dear.pk]
    assert shown(office, sort="name") == [dear.pk, cheap.pk]
    assert shown(office, sort="price") == [cheap.pk, dear.pk]
    assert shown(office, sort="ends") == [dear.pk, cheap.pk]


def test_chips_say_how_many_are_in_each_state(office, mill, good):
    closed = open_shelf(cooperative=CooperativeFactory())
    closed.closed_from = closed.closed_until = DAY
    closed.save()
    resting = ProductFactory(cooperative=closed.cooperative)
    few = ProductFactory(cooperative=mill, packs=[("9.00", 10, 500)])
    gone = ProductFactory(cooperative=mill, packs=[("9.00", 0, 500)])
    stopped = ProductFactory(cooperative=mill)
    withdraw_good(product_id=stopped.pk, reason="x", by=None, now=NOW)
    assert shown(office, state="selling") == [few.pk, resting.pk, good.pk]
    assert shown(office, state="low") == [gone.pk, few.pk]
    assert shown(office, state="sold_out") == [gone.pk]
    assert shown(office, state="closed") == [resting.pk]
    assert shown(office, state="withdrawn") == [stopped.pk]
    assert shown(office, state="not_for_sale") == [stopped.pk]
    assert shown(office, state="papers") == [resting.pk]
    counts = dict(COUNT.findall(office.get(LIST).content.decode()))
    assert counts == {
        "": "5", "selling": "3", "sold_out": "1", "not_for_sale": "1",
        "low": "2", "papers": "1", "closed": "1", "withdrawn": "1",
    }  # fmt: skip


@pytest.mark.parametrize("regime", ["processed", "meat", "fresh"])
def test_the_list_of_missing_papers_is_what_each_good_says(mill, regime):
    """Papers of the business, of the good and of a lot; ended, to come, and of a held lot."""
    goods = [ProductFactory(cooperative=mill), ProductFactory(), ProductFactory()]
    classes = goods[0].product_class.__class__.objects
    found = classes.filter(slug__startswith=regime).first() or goods[0].product_class
    Product.objects.update(product_class=found)
    required = list(found.required_papers.all())
    for number, good in enumerate(goods):
        good.refresh_from_db()
        for one in required:
            ends = [None, DAY, DAY - timedelta(days=1)][number]
            paper = paper_of(one.kind, f"{one.kind}-{number}", ends=ends)
            if one.held_by == "cooperative":
                good.cooperative.papers.add(paper)
            elif one.held_by == "product":
                ProductPaper.objects.create(product=good, paper=paper)
            else:
                lot_of(good, "", DAY, paper, state=["released", "released", "held"][number])
    lacking = set(Product.objects.filter(lacks_paper(DAY)).values_list("pk", flat=True))
    said = {good.pk for good in goods if missing_papers(product=good, day=DAY)}
    assert said == lacking & {good.pk for good in goods}
    assert said == {goods[2].pk}


@pytest.mark.parametrize(
    "params",
    [
        {"cooperative": "x"}, {"state": "x"}, {"specialty": "x"}, {"sort": "x"},
        {"q": "x" * 10_000}, {"q": "a\x00"},
    ],
)  # fmt: skip
def test_wrong_filters_change_nothing(office, good, params):
    assert shown(office, **params) == [good.pk]


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    assert office.get(LIST, {"page": asked})["Location"] == LIST


@pytest.mark.parametrize("count", [1, 48])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for _ in range(count):
        ProductFactory(cooperative=CooperativeFactory())
    office.get(LIST)
    with django_assert_max_num_queries(18):
        assert len(shown(office, q="燕麦")) == count
