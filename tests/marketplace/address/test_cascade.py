"""The lists of regions: which are shown, and where they end."""

import pytest

from catalog.origins.models import Region
from marketplace.address.cascade import codes_to, read_steps
from marketplace.address.forms import AddressForm

pytestmark = pytest.mark.django_db


def shown(**typed):
    return [(step.name, step.chosen and step.chosen.code) for step in read_steps(typed)]


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ({}, [("province", None)]),
        ({"province": "110000"}, [("province", "110000"), ("district", None)]),
        (
            {"province": "110000", "district": "110108"},
            [("province", "110000"), ("district", "110108"), ("street", None)],
        ),
        ({"province": "130000"}, [("province", "130000"), ("city", None)]),
        (
            {"province": "130000", "city": "130100", "district": "130102"},
            [("province", "130000"), ("city", "130100"), ("district", "130102")],
        ),
        ({"province": "440000", "city": "441900"}, [("province", "440000"), ("city", "441900")]),
        ({"province": "410000", "city": "419001"}, [("province", "410000"), ("city", "419001")]),
        ({"province": "130000", "district": "110108"}, [("province", "130000"), ("city", None)]),
        ({"province": "999999", "district": "110108"}, [("province", None)]),
        ({"province": "1\x00", "street": "x" * 5000}, [("province", None)]),
    ],
)
def test_each_choice_opens_the_next_list_until_nothing_lies_below(typed, steps):
    assert shown(**typed) == steps


def test_every_region_is_reached_by_the_codes_that_begin_its_own():
    for code in ("110108012", "130102", "441900", "419001", "150125101", "110000"):
        assert read_steps(codes_to(code))[-1].chosen is not None or code == "110000"
        chosen = [step.chosen for step in read_steps(codes_to(code)) if step.chosen]
        assert chosen[-1].code == code


@pytest.mark.parametrize("code", ["", "x", "11", "11010801", "１１０１０８"])
def test_what_is_no_code_leads_nowhere(code):
    assert codes_to(code) == {}


def test_all_lists_come_by_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        steps = read_steps(codes_to("110108012"))
    assert [step.name for step in steps] == ["province", "district", "street"]


def test_the_form_begins_with_beijing_and_asks_only_for_what_there_is():
    form = AddressForm()
    assert [field.name for field in form.places] == ["province", "district"]
    assert form["province"].value() == "110000"
    assert form.region_code == ""


@pytest.mark.parametrize(
    ("place", "code", "district"),
    [
        ({"province": "110000", "district": "110108", "street": "110108011"}, None, "110108"),
        ({"province": "130000", "city": "130100", "district": "130102"}, "130102", "130102"),
        ({"province": "440000", "city": "441900"}, "441900", "441900"),
    ],
)
def test_a_destination_ends_with_street_district_or_city(place, code, district):
    typed = {"recipient": "李岚", "mobile": "13800001234", "detail": "3号楼"} | place
    form = AddressForm(typed)
    assert form.is_valid(), form.errors
    destination = form.destination()
    assert destination.region == Region.objects.get(pk=code or place["street"])
    assert destination.district == district


@pytest.mark.parametrize(
    ("place", "missing"),
    [
        ({"province": "110000", "district": "110108"}, "street"),
        ({"province": "110000"}, "district"),
        ({"province": "130000", "city": "130100"}, "district"),
        ({"province": "130000", "district": "130102"}, "city"),
        ({}, "province"),
        ({"province": "110000", "district": "110108", "street": "110101001"}, "street"),
    ],
)
def test_a_place_that_is_not_told_to_its_end_is_refused_at_the_list(place, missing):
    typed = {"recipient": "李岚", "mobile": "13800001234", "detail": "3号楼"} | place
    assert list(AddressForm(typed).errors) == [missing]
