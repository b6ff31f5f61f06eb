"""A business's papers: put in, renewed, seen by those who may, refused in words."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from catalog.models import Product
from catalog.papers.models import Paper
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.admission import add_a_licence
from tests.factories.files import SVG, named_photo, photo
from tests.marketplace.buying import DAY
from tests.marketplace.dashboard.conftest import posted
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db

ALL, COUNTY = "/en/dashboard/papers/", "/en/dashboard/county/150125/papers/"
ROW = re.compile(r'class="row__title" href="[^"]*/(\d+)/"')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')
GIVEN = {
    "kind": "food_production_licence",
    "number": "SC101",
    "issuer": "武川县市监局",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
}


@pytest.fixture
def mill():
    return CooperativeFactory()


@pytest.fixture
def flakes(mill):
    return ProductFactory(cooperative=mill, sellable_from=None, sellable_until=None)


@pytest.fixture
def clerk(client, mill):
    client.force_login(member_of(mill, "clerk", "clerk"))
    return client


def room(mill) -> str:
    return f"/en/dashboard/c/{mill.slug}/papers/"


def put_in(clerk, mill, **changes):
    return clerk.post(f"{room(mill)}new/", {**GIVEN, "file": photo(), **changes})


def on_sale(day=DAY) -> bool:
    return Product.objects.for_sale(day).exists()


def shown(client, path, **params) -> list[int]:
    response = client.get(path, params)
    assert response.status_code == 200
    return [int(pk) for pk in ROW.findall(response.content.decode())]


def test_a_paper_put_in_on_the_phone_brings_the_goods_on_sale_until_its_last_day(
    clerk, mill, flakes
):
    assert not on_sale()
    assert put_in(clerk, mill)["Location"] == room(mill)
    paper = Paper.objects.get()
    assert (paper.number, paper.holder, paper.file.name[-4:]) == ("SC101", mill.name, ".jpg")
    assert on_sale(date(2026, 12, 31))
    assert not on_sale(date(2027, 1, 1))
    assert shown(clerk, room(mill)) == [paper.pk]


def test_renewing_begins_with_what_stays_the_same_and_goods_carry_on(clerk, mill, flakes):
    put_in(clerk, mill, valid_until="2026-12-01")
    old = Paper.objects.get()
    page = clerk.get(room(mill)).content.decode()
    assert "8 days left" in page
    assert f"new/?renews={old.pk}" in page
    form = clerk.get(f"{room(mill)}new/", {"renews": old.pk}).content.decode()
    assert 'value="SC101"' in form
    put_in(clerk, mill, valid_from="2026-12-02", valid_until="2027-12-01")
    assert on_sale(date(2027, 12, 1))


@pytest.mark.parametrize("renews", ["abc", "999999999", "9" * 40, "-1"])
def test_renewing_what_is_not_there_is_an_empty_form(clerk, mill, renews):
    assert clerk.get(f"{room(mill)}new/", {"renews": renews}).status_code == 200


def test_a_neighbours_paper_is_not_copied_into_the_form(clerk, mill):
    other = add_a_licence(CooperativeFactory())
    page = clerk.get(f"{room(mill)}new/", {"renews": other.pk}).content.decode()
    assert other.number not in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": "2026-06-01", "valid_until": "2027-06-01"}, "number"),
        ({"number": "2", "file": named_photo(SVG)}, "file"),
        ({"number": "2", "valid_until": "2025-12-31"}, "valid_until"),
        ({"number": "2", "kind": "animal_quarantine"}, "kind"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_and_nothing_changes(
    clerk, mill, flakes, changes, field
):
    put_in(clerk, mill)
    before = list(Paper.objects.values()), Product.objects.filter(pk=flakes.pk).values().get()
    response = put_in(clerk, mill, **changes)
    assert list(response.context["form"].errors) == [field]
    assert before == (
        list(Paper.objects.values()),
        Product.objects.filter(pk=flakes.pk).values().get(),
    )


def test_taking_away_asks_first_and_takes_the_goods_off_sale(clerk, mill, flakes):
    put_in(clerk, mill)
    path = f"{room(mill)}{Paper.objects.get().pk}/remove/"
    assert "Take this paper away?" in clerk.get(path).content.decode()
    assert on_sale()
    assert clerk.post(path)["Location"] == room(mill)
    assert not on_sale()
    assert not Paper.objects.exists()


def test_the_accountant_reads_and_changes_nothing(clerk, mill):
    put_in(clerk, mill)
    paper = Paper.objects.get()
    accountant = Client()
    accountant.force_login(member_of(mill, "accountant", "accountant"))
    assert "Add a paper" not in accountant.get(room(mill)).content.decode()
    assert accountant.get(f"{room(mill)}{paper.pk}/").status_code == 200
    assert put_in(accountant, mill, number="2").status_code == 403
    assert accountant.post(f"{room(mill)}{paper.pk}/remove/").status_code == 403
    assert list(Paper.objects.all()) == [paper]


def test_who_left_sees_nothing_any_more(clerk, mill):
    put_in(clerk, mill)
    mill.memberships.update(ends_on=DAY - timedelta(days=1))
    for path in (room(mill), f"{room(mill)}{Paper.objects.get().pk}/"):
        assert clerk.get(path).status_code == 404


def test_county_and_operator_see_the_file_and_the_public_has_no_address(clerk, mill):
    put_in(clerk, mill)
    paper = Paper.objects.get()
    county, operator = Client(), Client()
    county.force_login(posted("wuchuan", "county_confirmer", "150125"))
    operator.force_login(posted("operator", "operator"))
    for client, path in ((county, COUNTY), (operator, ALL)):
        assert shown(client, path) == [paper.pk]
        answer = client.get(f"{path}{paper.pk}/")
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
            "image/jpeg",
            "nosniff",
        )
        assert "no-store" in answer["Cache-Control"]
    public = Client().get(f"/en/cooperatives/{mill.slug}/").content.decode()
    assert "SC101" in public
    assert paper.file.name not in public
    assert Client().get(f"/media/{paper.file.name}").status_code == 404


def test_papers_stand_first_to_end_first_and_are_counted_by_state(office, mill):
    ends = (DAY + timedelta(days=90), None, DAY - timedelta(days=1), DAY)
    papers = [add_a_licence(mill, until=day) for day in ends]
    page = office.get(ALL).content.decode()
    assert [int(pk) for pk in ROW.findall(page)] == [papers[n].pk for n in (2, 3, 0, 1)]
    assert dict(COUNT.findall(page)) == {"": "4", "valid": "2", "ending": "1", "ended": "1"}
    assert "Ends today" in page
    assert shown(office, ALL, state="ended") == [papers[2].pk]
    assert shown(office, ALL, state="nonsense") == [papers[n].pk for n in (2, 3, 0, 1)]


@pytest.mark.parametrize("count", [1, 24])
def test_every_list_of_papers_costs_the_same_for_any_length(
    clerk, mill, count, django_assert_max_num_queries
):
    for _ in range(count):
        add_a_licence(mill)
    operator, county = Client(), Client()
    operator.force_login(posted("operator", "operator"))
    county.force_login(posted("wuchuan", "county_confirmer", "150125"))
    for client, path in ((clerk, room(mill)), (operator, ALL), (county, COUNTY)):
        client.get(path)
        with django_assert_max_num_queries(8):
            assert len(shown(client, path)) == count
