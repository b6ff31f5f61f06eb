"""The names of places, kept by operators."""

import pytest

from catalog.origins.models import Region
from catalog.origins.services import load_regions
from marketplace.dashboard.models import Change
from marketplace.shop.vocabulary import COUNTY, build_vocabulary
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/regions/"


@pytest.fixture
def county(maker) -> Region:
    return maker.county


@pytest.fixture
def screen(county):
    return f"{LIST}{county.pk}/"


def names(county) -> tuple[str, str]:
    found = Region.objects.get(pk=county.pk)
    return found.name, found.name_en


def test_a_new_name_stands_in_the_shops_filters_and_the_change_is_kept(
    office, operator, maker, county, screen
):
    ProductFactory(cooperative=maker)
    before = names(county)
    assert office.post(screen, {"name": "北坡县", "name_en": "Beipo"})["Location"] == LIST
    assert names(county) == ("北坡县", "Beipo")
    assert build_vocabulary()[COUNTY][county.pk].label == "Beipo"
    change = Change.objects.get()
    assert (change.room, change.subject, change.by, change.at) == (
        "region",
        county.pk,
        operator,
        NOW,
    )
    assert change.before == {"name": before[0], "name_en": before[1]}
    assert f"Name: {before[0]} → 北坡县" in office.get(LIST).content.decode()


def test_the_official_list_does_not_bring_the_old_name_back(office, county, screen):
    other = Region.objects.get(pk="110108")
    Region.objects.filter(pk=other.pk).update(name="旧名")
    office.post(screen, {"name": "北坡县", "name_en": "Beipo"})
    load_regions()
    assert names(county) == ("北坡县", "Beipo")
    assert names(other) == (other.name, other.name_en)


def test_saving_what_is_there_leaves_no_trace_and_follows_the_official_list(office, county, screen):
    office.post(screen, {"name": county.name, "name_en": county.name_en})
    assert not Change.objects.exists()
    assert not Region.objects.filter(is_renamed=True).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "长" * 41), ("name", "a\x00"), ("name_en", "x" * 61)],
)
def test_wrong_names_are_said_beside_the_field_and_change_nothing(
    office, county, screen, field, value
):
    before = names(county)
    typed = {"name": "北坡县", "name_en": "Beipo"} | {field: value}
    response = office.post(screen, typed)
    assert list(response.context["form"].errors) == [field]
    assert "field--wrong" in response.content.decode()
    assert names(county) == before
    assert not Change.objects.exists()


def test_two_places_beside_each_other_are_not_called_the_same(office, county, screen):
    before = names(county)
    other = Region.objects.filter(parent=county.parent_id).exclude(pk=county.pk).first()
    response = office.post(screen, {"name": other.name, "name_en": ""})
    assert "has this name already" in response.content.decode()
    assert names(county) == before
    assert not Change.objects.exists()


def test_the_list_begins_with_where_producers_are_and_finds_any_other(office, maker, county):
    page = office.get(LIST).content.decode()
    assert f"{LIST}{county.pk}/" in page
    assert f"{LIST}{maker.township_id}/" in page
    assert f"{LIST}110108/" not in page
    for word in ("海淀", "110108", "haidian"):
        assert f"{LIST}110108/" in office.get(LIST, {"q": word}).content.decode()
    assert "No place is called so" in office.get(LIST, {"q": "亚特兰蒂斯"}).content.decode()


def test_without_producers_the_list_says_so(office, db):
    assert "No producers yet" in office.get(LIST).content.decode()


@pytest.mark.parametrize("code", ["999999", "x", "1" * 40])
def test_what_is_no_place_is_not_found(office, db, code):
    assert office.get(f"{LIST}{code}/").status_code == 404
    assert office.post(f"{LIST}{code}/", {"name": "北坡县"}).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_any_length(office, db, count, django_assert_max_num_queries):
    townships = Region.objects.filter(parent="150125").order_by("pk")[:count]
    for township in townships:
        CooperativeFactory(county_id="150125", township_id=township.pk)
    office.get(LIST)
    with django_assert_max_num_queries(8):
        assert office.get(LIST).content.decode().count("row--region") == len(townships) + 1
