import json
import re
from datetime import date, timedelta

import pytest

from catalog.models import Product, ProductPaper
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper
from catalog.traceability.models import Lot
from tests.factories import CooperativeFactory, ProductFactory, pack_of
from tests.factories.lots import lot_of as made_lot
from tests.marketplace.shop.conftest import make_many

pytestmark = pytest.mark.django_db

PACKS = [("18.00", 100, 1000), ("40.00", 3, 2500), ("75.00", 0, 5000)]


def paper(kind: str, number: str, today: date, days: int = 30) -> Paper:
    return Paper.objects.create(
        kind=kind,
        number=number,
        issuer="（演示）",
        holder="北坡（虚构）",
        valid_from=today - timedelta(days=60),
        valid_until=today + timedelta(days=days),
    )


def lot_of(product: Product, code: str, day: date, *kinds: str) -> Lot:
    papers = [paper(kind, f"{kind}-{code}", day) for kind in kinds]
    return made_lot(product, code, day, *papers)


def data_of(response) -> dict[str, dict]:
    """JSON-LD of the page by type."""
    html = response.content.decode()
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    return {node["@type"]: node for node in json.loads(script)["@graph"]}


def facts_of(response) -> dict[str, str]:
    return dict(response.context["label_facts"])


@pytest.fixture
def product(db) -> Product:
    return ProductFactory(packs=PACKS, summary="石磨，现磨现发")


@pytest.mark.parametrize("count", [1, 48])
def test_the_page_costs_the_same_with_much_around_it(
    client, today, count, django_assert_max_num_queries
):
    goods = make_many(count + 1)
    product = goods[0]
    for number in range(count):
        lot_of(product, f"L-{number}", today - timedelta(days=number), "conformity_certificate")
        pack_of(product)
    product.recommended_products.add(*goods[1:5])
    product.districts.add("110101", "110102")
    with django_assert_max_num_queries(13):
        response = client.get(product.get_absolute_url())
    assert response.status_code == 200


def test_packs_stand_with_price_unit_price_and_stock_in_words(client, product):
    packs = client.get(f"/en{product.get_absolute_url()}").context["packs"]
    assert [(pack.price, pack.unit_price.amount, pack.stock_words) for pack in packs] == [
        (18, 9, "Plenty in stock"),
        (40, 8, "3 left"),
        (75, 7.5, "Sold out"),
    ]


def test_the_exact_stock_is_told_only_below_twenty(client):
    """Of seven digits: four are found in the number of some other row before long."""
    product = ProductFactory(packs=[("18.00", 1473029, 1000), ("40.00", 1419083, 2500)])
    html = client.get(product.get_absolute_url()).content.decode().replace(",", "")
    assert "1473029" not in html
    assert "1419083" not in html


def test_a_pack_can_be_asked_for(client, product):
    second = pack_of(product, 1)
    response = client.get(f"{product.get_absolute_url()}?pack={second.pk}")
    assert response.context["selected_pack"].pk == second.pk


@pytest.mark.parametrize("asked", ["", "abc", "0", "-1", "9" * 40, "%00"])
def test_an_unknown_pack_falls_back_to_the_first(client, product, asked):
    response = client.get(f"{product.get_absolute_url()}?pack={asked}")
    assert response.context["selected_pack"].pk == pack_of(product, 0).pk


def test_a_pack_that_is_sold_out_falls_back_to_one_that_is_not(client, product):
    response = client.get(f"{product.get_absolute_url()}?pack={pack_of(product, 2).pk}")
    assert response.context["selected_pack"].pk == pack_of(product, 0).pk


def test_less_than_the_minimum_quantity_is_sold_out(client):
    product = ProductFactory(packs=[("48.00", 9, 20000)])
    Product.objects.filter(parent=product).update(minimum_quantity=10)
    response = client.get(product.get_absolute_url())
    assert response.context["state"] == "sold_out"
    assert response.context["packs"][0].free == 0


@pytest.mark.parametrize("slug", ["wrong", "x-y-z"])
def test_a_wrong_slug_leads_to_the_products_own_address(client, product, slug):
    response = client.get(f"/shop/{slug}_{product.pk}/")
    assert (response.status_code, response.headers["Location"]) == (301, product.get_absolute_url())


def test_a_packs_number_leads_to_its_product(client, product):
    pack = pack_of(product, 1)
    response = client.get(f"/shop/{product.slug}_{pack.pk}/")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{product.get_absolute_url()}?pack={pack.pk}"


@pytest.mark.parametrize("number", [0, 987654321, 10**30])
def test_a_product_that_never_was_is_a_404(client, product, number):
    assert client.get(f"/shop/{product.slug}_{number}/").status_code == 404


def test_a_withdrawn_product_is_gone_and_what_comes_close_is_offered(client, goods):
    response = client.get(goods["private"].get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 410
    assert goods["private"].title not in html
    assert len(response.context["related"]) == 4
    assert all(
        product.specialty == goods["cheap"].specialty for product in response.context["related"]
    )


def test_a_pack_of_a_withdrawn_product_tells_nothing(client, goods):
    pack = pack_of(goods["private"])
    assert client.get(f"/shop/x_{pack.pk}/").status_code == 404


@pytest.mark.parametrize("key", ["lapsed", "without_papers"])
def test_a_product_without_valid_papers_is_off_the_shelf(client, goods, key):
    response = client.get(goods[key].get_absolute_url())
    assert response.status_code == 404
    assert response.context["state"] == "paused"
    assert 'id="buy"' not in response.content.decode()
    assert response.context["related"]


@pytest.mark.parametrize(
    ("window", "state"),
    [((-9, 9), "open"), ((1, 9), "not_yet"), ((-9, -1), "season_over")],
)
def test_outside_its_sale_window_a_product_is_shown_but_not_sold(
    client, product, today, window, state
):
    first, last = (today + timedelta(days=days) for days in window)
    Product.objects.filter(pk=product.pk).update(
        sale_from=first, sale_until=last, sellable_from=first, sellable_until=last
    )
    response = client.get(product.get_absolute_url())
    assert (response.status_code, response.context["state"]) == (200, state)
    assert ('id="buy"' in response.content.decode()) is (state == "open")


def test_the_newest_lot_comes_first_with_its_papers(client, product, today):
    lot_of(product, "OLD", today - timedelta(days=30), "animal_quarantine")
    lot_of(product, "NEW", today - timedelta(days=3), "conformity_certificate")
    lot_of(product, "NOT-YET", today + timedelta(days=1), "meat_inspection")
    response = client.get(product.get_absolute_url())
    assert response.context["lot"].code == "NEW"
    assert [lot.code for lot in response.context["more_lots"]] == ["OLD"]
    assert [paper.number for paper in response.context["papers"]] == ["conformity_certificate-NEW"]
    assert "NEW" in facts_of(response).values()


def test_papers_and_badges_vanish_when_they_expire(client, product, today):
    ProductPaper.objects.create(
        product=product, paper=paper("organic_certificate", "演示-OP-1", today, days=0)
    )
    ProductPaper.objects.create(
        product=product, paper=paper("green_food_certificate", "演示-GF-1", today, days=-1)
    )
    response = client.get(f"/en{product.get_absolute_url()}")
    assert response.context["badges"] == ["Organic product certificate"]
    assert [paper.number for paper in response.context["papers"]] == ["演示-OP-1"]


def test_of_the_producers_papers_the_licence_to_make_food_is_shown(client, product, today):
    for kind, number in (("food_production_licence", "SC演示1"), ("business_licence", "YZ-1")):
        CooperativePaper.objects.create(
            cooperative=product.cooperative, paper=paper(kind, number, today)
        )
    response = client.get(f"/en{product.get_absolute_url()}")
    assert [paper.number for paper in response.context["papers"]] == ["SC演示1"]
    assert facts_of(response)["Production licence"] == "SC演示1"


def test_a_mark_without_authorisation_is_dashed_and_no_badge(client):
    product = ProductFactory(gi_mark="武川土豆 地理标志产品")
    response = client.get(product.get_absolute_url())
    assert "paper--missing" in response.content.decode()
    assert response.context["badges"] == []


def test_the_label_says_what_the_law_asks_for(client):
    product = ProductFactory(
        title="石磨莜面粉",
        ingredients="裸燕麦",
        allergens="含麸质谷物",
        shelf_life="6个月",
        standard="GB/T 13360",
        packs=[("18.00", 100, 1000), ("40.00", 100, 2500)],
    )
    facts = facts_of(client.get(product.get_absolute_url()))
    assert list(facts.values()) == [
        "石磨莜面粉",
        "1000g / 2500g",
        "裸燕麦",
        "含麸质谷物",
        "6个月",
        product.storage_label,
        "GB/T 13360",
        product.cooperative.name,
        "内蒙古自治区呼和浩特市武川县哈乐镇",
    ]


@pytest.mark.parametrize(
    ("storage", "exempt"),
    [("ambient", False), ("ambient_fresh", True), ("chilled", True), ("frozen", True)],
)
def test_the_return_rule_follows_the_temperature(client, storage, exempt):
    product = ProductFactory(storage=storage)
    assert client.get(product.get_absolute_url()).context["return_rule"].exempt is exempt


def test_related_goods_are_the_recommended_then_those_of_the_specialty(client, goods):
    product = goods["cheap"]
    product.recommended_products.add(goods["lamb"], goods["lapsed"], goods["lamb_sold_out"])
    related = client.get(product.get_absolute_url()).context["related"]
    assert [each.pk for each in related[:2]] == [goods["lamb"].pk, goods["lamb_sold_out"].pk]
    assert len(related) == 4
    assert all(each.specialty == product.specialty for each in related[2:])
    assert product not in related


def test_the_page_data_names_every_pack_as_an_offer(client, product, settings):
    settings.SITE_URL = "https://yinshan.example"
    data = data_of(client.get(product.get_absolute_url()))
    offers = data["Product"]["offers"]
    assert data["Product"]["url"] == f"https://yinshan.example{product.get_absolute_url()}"
    assert [offer["price"] for offer in offers] == ["18.00", "40.00", "75.00"]
    assert {offer["priceCurrency"] for offer in offers} == {"CNY"}
    assert [offer["availability"].rpartition("/")[2] for offer in offers] == [
        "InStock",
        "InStock",
        "OutOfStock",
    ]
    assert offers[0]["shippingDetails"]["shippingRate"]["value"] == "8.00"
    assert data["BreadcrumbList"]["itemListElement"][-1]["name"] == product.title


def test_no_text_breaks_out_of_the_page_data(client):
    product = ProductFactory(title="</script><script>alert(1)</script>&", summary="<!--")
    response = client.get(product.get_absolute_url())
    assert data_of(response)["Product"]["name"] == product.title
    assert "<script>alert" not in response.content.decode()


def test_english_shows_what_is_translated_and_marks_what_is_not(client):
    product = ProductFactory(
        title="石磨莜面粉",
        title_en="Stone-milled oat flour",
        description="推窝窝用。",
        cooperative=CooperativeFactory(name="北坡石磨坊（虚构）", name_en=""),
    )
    html = client.get(f"/en{product.get_absolute_url()}").content.decode()
    assert '<html lang="en"' in html
    assert "Stone-milled oat flour" in html
    assert re.search(r'lang="zh"[^>]*><p>推窝窝用。', html)


def test_chinese_pages_have_no_prefix_and_name_their_language(client, product):
    html = client.get(product.get_absolute_url()).content.decode()
    assert '<html lang="zh-Hans"' in html
    assert f'href="/en{product.get_absolute_url()}"' in html
