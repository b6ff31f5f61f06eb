"""Writing the first pages of brands and counties."""

import pytest

from catalog.models import Category, Product
from cms.brands.models import BrandIndexPage, BrandPage, CountyPage
from cms.services.brands import write_brands
from cms.services.pictures import write_pictures
from cms.services.words import Words
from tests.cms.conftest import publish
from tests.cms.texts import BRANDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(named, home, english_home):
    """Writes brands and counties in both languages and returns the Chinese pages by slug."""
    pictures = write_pictures(folder=named.pop("images"), names=[], texts=[BRANDS])
    specialties = dict(Category.objects.values_list("slug", "pk"))
    keys = {"pictures": pictures, "specialties": specialties, "counties": {"150125": "150125"}}

    def write():
        written = [
            write_brands(
                texts=BRANDS,
                words=Words(language=each.locale.language_code, **named, **keys),
                home=each,
            )
            for each in (home, english_home)
        ]
        return written[0]

    return write


def test_brands_and_counties_are_listed_in_both_languages(client, write):
    write()
    html = client.get("/brands/").content.decode()
    assert '<a href="/brands/oats/">先炒后磨</a>' in html
    assert '<a href="/brands/wuchuan/">武川县</a>' in html
    english = client.get("/en/brands/").content.decode()
    assert '<a href="/en/brands/oats/">English 先炒后磨</a>' in english
    assert client.get("/brands/oats/").context["other_language"]["url"] == "/en/brands/oats/"


def test_their_shelves_fill_themselves_by_specialty_and_county(client, write, named):
    titles = Product.objects.filter(pk__in=named["goods"].values()).values_list("title", flat=True)
    pages = write()
    assert pages["brands/oats"].specific.colour == "oat"
    assert pages["brands/wuchuan"].specific.county_id == "150125"
    for address in ("/brands/oats/", "/brands/wuchuan/"):
        html = client.get(address).content.decode()
        assert all(title in html for title in titles)


def test_writing_brands_again_changes_nothing(write):
    publish(write()["brands/oats"].specific, title="我们的燕麦")
    kinds = (BrandIndexPage, BrandPage, CountyPage)
    before = [
        list(kind.objects.order_by("pk").values("pk", "latest_revision_id")) for kind in kinds
    ]
    assert [len(rows) for rows in before] == [2, 2, 2]
    write()
    after = [list(kind.objects.order_by("pk").values("pk", "latest_revision_id")) for kind in kinds]
    assert after == before
