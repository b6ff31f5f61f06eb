"""A cooperative's lots on a phone: the list, and a new one."""

import re
from datetime import date

import pytest

from catalog.traceability.models import Lot
from tests.factories import ProductFactory
from tests.factories.lots import lot_of, packed
from tests.marketplace.buying import order_for
from tests.marketplace.dashboard.lots import everything, good_of, path

pytestmark = pytest.mark.django_db
CODES = re.compile(r'class="row__title" href="[^"]*/lots/([^/"]+)/"')
COUNTS = re.compile(r'data-state="(\w*)".*?chip__count">(\d+)<', re.S)


def shown(client, **params) -> list[str]:
    return CODES.findall(client.get(path(), params).content.decode())


LOT = {"produced_on": "2026-11-20", "quantity": "80", "place": "三号地", "code": "bp-1"}


def test_the_list_says_state_good_day_and_packs_left(clerk, maker):
    product = good_of(maker, title_en="Oat flour")
    order = order_for((product, 3))
    packed(order.lines.get(), lot_of(product, "L-1", date(2026, 11, 2), quantity=40))
    page = clerk.get(path()).content.decode()
    for words in ("Oat flour", "L-1", "2 November 2026", "<b>37</b> / 40", "state--released"):
        assert words in page


def test_packs_of_a_parcel_that_was_cancelled_are_there_again(clerk, maker):
    product = good_of(maker)
    order = order_for((product, 3))
    packed(order.lines.get(), lot_of(product, "L-1", quantity=40))
    order.consignments.update(state="cancelled")
    assert "<b>40</b> / 40" in clerk.get(path()).content.decode()


def test_lots_are_found_by_state_code_and_good_and_are_ones_own(clerk, maker):
    oats, rye = good_of(maker, title="燕麦片", title_en="Oats"), good_of(maker, title="黑麦")
    lot_of(oats, "OAT-1", date(2026, 11, 3))
    lot_of(rye, "RYE-1", date(2026, 11, 2), state="held")
    lot_of(rye, "RYE-2", date(2026, 11, 1), state="recalled")
    lot_of(ProductFactory(), "OTHER-1")
    assert shown(clerk) == ["OAT-1", "RYE-1", "RYE-2"]
    assert shown(clerk, state="held") == ["RYE-1"]
    assert shown(clerk, q="rye") == ["RYE-1", "RYE-2"]
    assert shown(clerk, q="oats") == ["OAT-1"]
    assert shown(clerk, q="%") == []
    counts = dict(COUNTS.findall(clerk.get(path()).content.decode()))
    assert counts == {"": "3", "held": "1", "released": "1", "recalled": "1"}


@pytest.mark.parametrize("params", [{"state": "x"}, {"q": "x" * 9999}, {"q": "a\x00"}])
def test_wrong_filters_change_nothing(clerk, maker, params):
    lot_of(good_of(maker), "L-1")
    assert shown(clerk, **params) == ["L-1"]


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(clerk, asked):
    assert clerk.get(path(), {"page": asked})["Location"] == path()


@pytest.mark.parametrize("count", [1, 48])
def test_the_list_costs_the_same_for_any_length(clerk, maker, count, django_assert_max_num_queries):
    for number in range(count):
        lot_of(good_of(maker), f"L-{number}")
    clerk.get(path())
    with django_assert_max_num_queries(10):
        assert len(shown(clerk)) == count


def test_a_new_lot_asks_first_of_which_good(clerk, maker):
    ours, theirs = good_of(maker, title_en="Oats"), ProductFactory(title_en="Not ours")
    page = clerk.get(path("new")).content.decode()
    assert f"?good={ours.pk}" in page
    assert f"?good={theirs.pk}" not in page
    assert clerk.get(path("new"), {"good": theirs.pk}).status_code == 404
    for nonsense in ("x", "0", "9" * 40, "１"):
        assert clerk.get(path("new"), {"good": nonsense}).status_code == 404


@pytest.mark.parametrize(
    ("regime", "day", "kinds"),
    [
        ("processed", "Produced on", []),
        ("fresh_produce", "Harvested on", ["conformity_certificate"]),
        ("meat", "Slaughtered on", ["animal_quarantine", "meat_inspection"]),
    ],
)
def test_it_asks_only_what_the_regime_needs(clerk, maker, regime, day, kinds):
    product = good_of(maker, regime)
    page = clerk.get(path("new"), {"good": product.pk}).content.decode()
    assert day in page
    assert re.findall(r'name="(\w+)-number"', page) == kinds
    assert f'value="G{product.pk}-261123"' in page


def post_new(client, product, **changes):
    return client.post(f"{path('new')}?good={product.pk}", {**LOT, **changes})


def test_a_lot_is_kept_with_its_papers_and_waits_for_its_release(clerk, maker):
    product = good_of(maker, "meat")
    papers = {
        "animal_quarantine-number": "JY-1",
        "animal_quarantine-issuer": "动物卫生监督所",
        "animal_quarantine-valid_until": "2027-11-01",
        "meat_inspection-number": "",
        "meat_inspection-issuer": "北坡（虚构）",
    }
    response = post_new(clerk, product, **papers)
    assert response["Location"] == path("BP-1")
    lot = Lot.objects.get()
    assert (lot.code, lot.state, lot.quantity, lot.place) == ("BP-1", "held", 80, "三号地")
    assert lot.recorded_by.email == "clerk@example.com"
    assert lot.papers.get().valid_from == date(2026, 11, 20)
    page = clerk.get(path("BP-1")).content.decode()
    assert "Waits for papers" in page
    assert "?kind=meat_inspection" in page
    assert "?kind=animal_quarantine" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"code": ""},
        {"code": "x"},
        {"code": "羊腿"},
        {"code": "a" * 300},
        {"code": "taken"},
        {"quantity": "0"},
        {"quantity": "-3"},
        {"quantity": "两箱"},
        {"quantity": "9" * 400},
        {"produced_on": "2026-11-24"},
        {"produced_on": "1999-01-01"},
        {"produced_on": "x"},
        {"place": ""},
        {"place": "x" * 300},
        {"place": "a\x00b"},
        {"conformity_certificate-number": "N-1", "conformity_certificate-issuer": ""},
        {"conformity_certificate-valid_until": "2027-01-01"},
        {
            "conformity_certificate-number": "N-1",
            "conformity_certificate-issuer": "x",
            "conformity_certificate-valid_until": "2026-11-01",
        },
    ],
)
def test_what_cannot_be_is_said_beside_its_field_kept_as_typed_and_nothing_is_stored(
    clerk, maker, changes
):
    product = good_of(maker, "fresh_produce")
    lot_of(product, "TAKEN")
    before = everything()
    response = post_new(clerk, product, **changes)
    page = response.content.decode()
    assert response.status_code == 200
    assert "field--wrong" in page
    assert 'value="三号地"' in page or "place" in changes
    assert everything() == before
