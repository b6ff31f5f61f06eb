"""The table of tariffs: read, changed, taken away, and what is kept of it."""

from decimal import Decimal

import pytest

from marketplace.dashboard.models import Change
from marketplace.shipping.models import Tariff, Zone
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db

TABLE = "/en/dashboard/delivery/"
CELL = f"{TABLE}beijing-inner/ambient/"
TERMS = {
    "base_fee": "9.50",
    "base_kg": "2.5",
    "step_fee": "1.20",
    "step_kg": "0.5",
    "free_from": "",
    "transit_days": "2",
}
KEPT = {
    "base_fee": "9.50",
    "base_grams": 2500,
    "step_fee": "1.20",
    "step_grams": 500,
    "free_from": None,
    "transit_days": 2,
}


@pytest.fixture(autouse=True)
def known_terms(db):
    """Whatever the reference data say."""
    Tariff.objects.filter(zone__slug="beijing-inner", storage="ambient").update(
        base_fee="8.00",
        base_grams=5000,
        step_fee="1.50",
        step_grams=1000,
        free_from="199.00",
        transit_days=1,
    )


def tariff(storage: str = "ambient") -> Tariff | None:
    return Tariff.objects.filter(zone__slug="beijing-inner", storage=storage).first()


def test_the_table_says_fee_weight_free_sum_and_days_or_that_nothing_goes(office):
    Zone.objects.exclude(slug="beijing-inner").delete()
    tariff("chilled").delete()
    page = office.get(TABLE).content.decode()
    for words in (
        "¥8.00",
        "up to 5 kg, then ¥1.50 for each 1 kg",
        "free from ¥199.00",
        "1 day on the way",
        "Not delivered",
        "Haidian",
    ):
        assert words in page
    assert page.count("cell--none") == 1


def test_terms_are_changed_and_the_change_is_kept(office, operator):
    response = office.post(CELL, TERMS)
    assert response["Location"] == TABLE
    now = tariff()
    assert (now.base_fee, now.base_grams) == (Decimal("9.50"), 2500)
    assert (now.step_fee, now.step_grams) == (Decimal("1.20"), 500)
    assert (now.free_from, now.transit_days) == (None, 2)
    change = Change.objects.get()
    assert (change.room, change.subject) == ("delivery", "beijing-inner:ambient")
    assert (change.by, change.at) == (operator, NOW)
    assert change.before["base_fee"] == "8.00"
    assert change.before["free_from"] == "199.00"
    assert change.after == KEPT
    page = office.get(TABLE).content.decode()
    assert "Saved." in page
    assert "Fee: ¥8.00 → ¥9.50" in page
    assert "Free from goods of: ¥199.00 → never" in page
    assert "Weight included: 5 kg → 2.5 kg" in page


def test_saving_what_is_there_leaves_no_trace(office):
    shown = office.get(CELL).context["form"].initial
    office.post(CELL, {name: "" if value is None else value for name, value in shown.items()})
    assert not Change.objects.exists()


def test_a_missing_cell_begins_with_its_terms(office):
    tariff().delete()
    assert "not delivered there" in office.get(CELL).content.decode()
    office.post(CELL, TERMS)
    assert tariff().base_grams == 2500
    assert Change.objects.get().before is None
    assert "Delivered from now on" in office.get(CELL).content.decode()


def test_taking_away_asks_first(office):
    page = office.get(f"{CELL}remove/").content.decode()
    assert "Deliver no longer?" in page
    assert tariff() is not None
    office.post(f"{CELL}remove/")
    assert tariff() is None
    change = Change.objects.get()
    assert (change.before["base_fee"], change.after) == ("8.00", None)
    assert office.post(f"{CELL}remove/")["Location"] == CELL
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((name, wrong) for name in TERMS for wrong in ("-1", "x", "1e9", "NaN", "9" * 500)),
        *((name, "") for name in TERMS if name != "free_from"),
        ("base_fee", "1.234"),
        ("step_kg", "0"),
        ("transit_days", "1.5"),
        ("transit_days", "31"),
    ],
)
def test_wrong_terms_are_said_beside_the_field_and_change_nothing(office, field, value):
    before = Tariff.objects.order_by("pk").values_list()
    kept = list(before)
    response = office.post(CELL, TERMS | {field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "field--wrong" in response.content.decode()
    assert list(before.all()) == kept
    assert not Change.objects.exists()


@pytest.mark.parametrize("tail", ["beijing-inner/warm/", "mars/ambient/", "mars/ambient/remove/"])
def test_what_is_not_in_the_table_is_not_found(office, tail):
    assert office.get(TABLE + tail).status_code == 404
    assert office.post(TABLE + tail, TERMS).status_code == 404


def test_the_table_costs_the_same_for_any_number_of_zones(office, django_assert_max_num_queries):
    office.get(TABLE)
    with django_assert_max_num_queries(8):
        office.get(TABLE)
    Zone.objects.exclude(slug="beijing-inner").delete()
    with django_assert_max_num_queries(8):
        office.get(TABLE)
