"""Whatever changes on a page shows at once, whoever wrote it and however."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.assistance.models import Scheme
from catalog.compliance import recompute_sellable
from catalog.models import Product, ProductClass, ProductImage, ProductPaper, RequiredPaper
from catalog.origins.services import Names, rename_region
from catalog.portraits import put_badge
from catalog.producers.models import Cooperative
from catalog.specialties import texts_of, write_specialty
from cms.home.models import SiteChrome
from marketplace.partner.services import set_stock
from marketplace.shipping.models import Tariff
from tests.factories import pack_of
from tests.factories.files import photo
from tests.factories.goods import WUCHUAN
from tests.factories.recognitions import recognised
from tests.marketplace.shop.kept_pages.conftest import LIST, change_price, text_of
from tests.marketplace.shop.test_product_page import lot_of, paper

pytestmark = pytest.mark.django_db(transaction=True)

SEARCH = "/shop/search/?q=燕麦"


def sell_out(product):
    set_stock(stockrecord_id=pack_of(product).stockrecords.get().pk, quantity=0)


def let_papers_lapse(product):
    regime = ProductClass.objects.get(slug="processed")
    RequiredPaper.objects.create(
        product_class=regime, kind="quarantine_certificate", held_by="product"
    )
    recompute_sellable(product=product, day=date(2026, 11, 27))


def rename(product):
    product.title = "莜麦片"
    product.save()


def rename_maker(product):
    Cooperative.objects.filter(pk=product.cooperative_id).update(short_name="南坡")


def rename_county(product):
    rename_region(code=WUCHUAN, names=Names("武川新县", ""))


def add_picture(product):
    rows = [{"name": "goods/new.240.webp", "width": 240, "height": 300}]
    ProductImage.objects.bulk_create(
        [ProductImage(product=product, original="goods/new.webp", renditions=rows)]
    )


def set_fee(product):
    Tariff.objects.filter(storage="ambient").update(base_fee=Decimal("77.00"), free_from=None)


def leave_few(product):
    set_stock(stockrecord_id=pack_of(product).stockrecords.get().pk, quantity=7)


def add_lot(product):
    lot_of(product, "L-77", date(2026, 11, 20))


def add_paper(product):
    found = paper("organic_certificate", "ORG-77", date(2026, 11, 27))
    ProductPaper.objects.create(product=product, paper=found)


def recognise(product):
    recognised(scheme(), product.cooperative, number="MZ-77")


def rename_scheme(product):
    recognised(scheme(), product.cooperative)
    Scheme.objects.update(label="新蒙字标")


def scheme() -> Scheme:
    found, _made = Scheme.objects.get_or_create(
        code="mengzi", defaults={"name": "蒙字标认证", "label": "蒙字标"}
    )
    return found


def name_of(change):
    return change.__name__


ANYWHERE = {
    change_price: "19.50",
    rename: "莜麦片",
    rename_county: "武川新县",
    add_picture: "goods/new.240.webp",
}
ON_LISTS = ANYWHERE | {
    sell_out: "card--sold-out",
    rename_maker: "南坡",
    recognise: "蒙字标",
    rename_scheme: "新蒙字标",
}
ON_ITS_PAGE = ANYWHERE | {
    sell_out: "这一批卖完了",
    let_papers_lapse: "暂时下架",
    leave_few: "还剩 7",
    set_fee: "77.00",
    add_lot: "L-77",
    add_paper: "ORG-77",
    recognise: "MZ-77",
    rename_scheme: "新蒙字标",
}


@pytest.mark.parametrize("change", ON_LISTS, ids=name_of)
def test_a_change_shows_at_once_where_goods_are_listed(client, product, change):
    addresses = [LIST, SEARCH, product.specialty.get_absolute_url()]
    for address in addresses:
        assert ON_LISTS[change] not in text_of(client, address)
    change(product)
    for address in addresses:
        assert ON_LISTS[change] in text_of(client, address)


@pytest.mark.parametrize("change", ON_ITS_PAGE, ids=name_of)
def test_a_change_shows_at_once_on_the_page_of_the_good(client, product, change):
    address = product.get_absolute_url()
    assert ON_ITS_PAGE[change] not in text_of(client, address)
    change(product)
    assert ON_ITS_PAGE[change] in text_of(client, address)


def test_new_words_of_a_specialty_show_at_once_above_its_goods(client, product):
    address = product.specialty.get_absolute_url()
    assert "裸燕麦" not in text_of(client, address)
    texts = texts_of(product.specialty)._replace(name="裸燕麦", description="坡上的新麦")
    write_specialty(pk=product.specialty_id, texts=texts, photo=None)
    page = text_of(client, address)
    assert ("裸燕麦" in page, "坡上的新麦" in page) == (True, True)


def test_a_producers_new_picture_shows_at_once(client, product):
    address = product.cooperative.get_absolute_url()
    before = text_of(client, address)
    put_badge(cooperative_id=product.cooperative_id, photo=photo(size=(1200, 900)).read())
    product.cooperative.refresh_from_db()
    assert product.cooperative.picture.src not in before
    assert product.cooperative.picture.src in text_of(client, address)


def test_a_good_whose_paper_is_missing_leaves_the_list_at_once(client, product):
    assert "燕麦片</a>" in text_of(client, LIST)
    let_papers_lapse(product)
    assert "燕麦片</a>" not in text_of(client, LIST)


def test_a_translation_shows_at_once_and_in_its_language_alone(client, product):
    chinese = text_of(client, LIST)
    assert "Oat flakes" in text_of(client, f"/en{LIST}")
    Product.objects.filter(pk=product.pk).update(title_en="Rolled oats")
    assert "Rolled oats" in text_of(client, f"/en{LIST}")
    assert text_of(client, LIST) == chinese


def test_words_around_every_page_change_at_once(client, product):
    chrome = SiteChrome.objects.create(tagline="三县好物")
    assert "三县好物" in text_of(client, LIST)
    chrome.tagline = "四季好物"
    chrome.save()
    assert "四季好物" in text_of(client, LIST)
