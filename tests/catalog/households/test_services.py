"""Registering, changing and classing households; on refusal nothing has changed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.households.models import Category, Household, RegisterStep, Standing
from catalog.households.refusals import Erased, RegisteredAlready, StandingRefused
from catalog.households.sealing import digest
from catalog.households.services import (
    change_household,
    erase_household,
    register_household,
    set_standing,
)
from catalog.households.services import registering as writing
from tests.factories.goods import HALE, HONGHE
from tests.factories.households import (
    QINGSHUIHE,
    WUCHUAN,
    category,
    make_household,
    typed,
    valid_id_number,
)
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import somebody

pytestmark = pytest.mark.django_db
TODAY, BEGAN = date(2026, 11, 23), date(2024, 3, 1)


def change(household, by=None, **given) -> list[str]:
    return change_household(
        county=household.county, code=household.code, given=given, by=by, now=NOW
    )


def stand(household, code="unstable", status="assisted", begins_on=TODAY) -> Standing:
    return set_standing(
        county=household.county,
        code=household.code,
        category=category(code),
        status=status,
        begins_on=begins_on,
        by=None,
        now=NOW,
    )


def erase(household) -> None:
    erase_household(
        county=household.county, code=household.code, reason="已经搬走", by=None, now=NOW
    )


def standings(household) -> list[tuple]:
    rows = household.standings.order_by("begins_on")
    return list(rows.values_list("category__code", "status", "begins_on", "ends_on"))


def steps(household) -> list[tuple]:
    return list(household.steps.order_by("pk").values_list("kind", "fields"))


def tried(household) -> list[tuple]:
    rows = household.steps.filter(kind="tried").order_by("pk")
    return list(rows.values_list("by", "fields", "reason"))


def test_a_household_is_registered_sealed_with_its_category_and_a_step(wuchuan):
    made = make_household(seed=7, name="张富贵", phone="138 0000 0007", township=HALE)
    row = Household.objects.get()
    assert row.code == made.code
    assert (row.county_id, row.township_id) == (wuchuan.pk, HALE)
    assert [row.name.open(), row.phone.open()] == ["张富贵", "13800000007"]
    assert row.id_number.open() == valid_id_number(7)
    assert row.id_digest == digest(valid_id_number(7))
    assert str(row.name) == "••••"
    assert standings(row) == [("lifted", "assisted", BEGAN, None)]
    assert steps(row) == [("registered", [])]


def test_without_phone_and_address_nothing_is_sealed():
    make_household(phone="", address="")
    row = Household.objects.get()
    assert (row.phone, row.address) == (None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "张"),
        ("id_number", "1" * 18),
        ("phone", "12345"),
        ("address", "东" * 201),
        ("township", HONGHE),
        ("begins_on", date(2026, 11, 24)),
        ("begins_on", date(2013, 12, 31)),
        ("category", None),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_nothing_is_written(field, value, register):
    before = register()
    with pytest.raises(ValidationError) as refusal:
        make_household(**{field: value})
    assert list(refusal.value.message_dict) == [field]
    assert register() == before


def test_a_closed_category_is_refused(register):
    closed = category()
    closed.is_open = False
    before = register()
    with pytest.raises(ValidationError) as refusal:
        make_household(category=closed)
    assert list(refusal.value.message_dict) == ["category"]
    assert register() == before


def test_a_closed_category_stays_on_its_household_and_comes_on_no_other(register):
    ours, other = make_household(category="sudden"), make_household()
    Category.objects.filter(code="sudden").update(is_open=False)
    stand(ours, "sudden", "settled")
    assert standings(ours)[-1] == ("sudden", "settled", TODAY, None)
    before = register()
    with pytest.raises(ValidationError) as refusal:
        stand(other, "sudden")
    assert list(refusal.value.message_dict) == ["category"]
    assert register() == before


def test_a_number_of_the_same_county_is_refused_with_the_pseudonym(register):
    first = make_household(seed=7)
    before = register()
    with pytest.raises(RegisteredAlready) as refusal:
        make_household(seed=8, id_number=valid_id_number(7).lower())
    assert refusal.value.words == f"This ID number is registered already, as {first.code}."
    assert register() == before


def test_a_number_of_another_county_is_refused_without_saying_whose_or_which(register):
    first = make_household(QINGSHUIHE, seed=7)
    before = register()
    with pytest.raises(RegisteredAlready) as refusal:
        make_household(seed=7)
    words = refusal.value.words
    assert "registered in another county" in words
    assert first.code not in words + str(refusal.value)
    assert first.county.name not in words
    assert register() == before


@pytest.mark.parametrize("county", [WUCHUAN, QINGSHUIHE])
def test_a_number_that_is_typed_in_again_leaves_a_trace_at_its_household(register, county):
    """Also where another county's official learns by it that the number is registered."""
    first, official = make_household(county, seed=7), somebody("official")
    ours = make_household(seed=8)
    before = register()
    with pytest.raises(RegisteredAlready):
        make_household(seed=7, by=official)
    with pytest.raises(RegisteredAlready):
        change(ours, id_number=valid_id_number(7), by=official)
    assert tried(first) == [(official.pk, [], "")] * 2
    assert tried(ours) == []
    assert register() == before


def test_whoever_types_in_the_number_that_stands_there_leaves_no_trace():
    household = make_household(seed=7)
    change(household, id_number=valid_id_number(7))
    assert tried(household) == []


def test_a_pseudonym_that_is_taken_is_drawn_again(monkeypatch):
    first = make_household()
    draws = iter([first.code, first.code, "H2222222"])
    monkeypatch.setattr(writing, "draw_code", lambda: next(draws))
    assert make_household().code == "H2222222"


def test_only_what_is_given_changes_and_the_step_names_fields_not_values():
    household = make_household(seed=7, township=HALE)
    assert change(household, phone="13900000000", address="", township=None) == [
        "phone",
        "address",
        "township",
    ]
    row = Household.objects.get()
    assert row.phone.open() == "13900000000"
    assert (row.address, row.township) == (None, None)
    assert row.name == household.name
    assert steps(row)[1:] == [("changed", ["phone", "address", "township"])]


def test_a_new_number_has_a_new_digest():
    household = make_household(seed=7)
    change(household, id_number=valid_id_number(9))
    assert Household.objects.get().id_digest == digest(valid_id_number(9))


def test_what_is_as_before_is_no_change(register):
    household = make_household(seed=7)
    before = register()
    assert change(household, name=household.name.open(), id_number=valid_id_number(7)) == []
    assert register() == before


def test_a_change_that_is_wrong_changes_nothing(register):
    household = make_household(seed=7)
    make_household(QINGSHUIHE, seed=8)
    before = register()
    with pytest.raises(ValidationError):
        change(household, phone="13900000000", name="1")
    with pytest.raises(RegisteredAlready):
        change(household, id_number=valid_id_number(8), phone="13900000000")
    assert register() == before


def test_a_household_of_another_county_is_not_found(register, wuchuan):
    theirs = make_household(QINGSHUIHE)
    before = register()
    theirs.county = wuchuan
    for refused in (
        lambda: change(theirs, phone=""),
        lambda: stand(theirs),
        lambda: erase(theirs),
    ):
        with pytest.raises(Household.DoesNotExist):
            refused()
    assert register() == before


def test_a_new_standing_ends_the_one_before_on_the_day_before():
    household = make_household()
    stand(household, "unstable", "assisted", date(2025, 1, 1))
    stand(household, "unstable", "settled", TODAY)
    assert standings(household) == [
        ("lifted", "assisted", BEGAN, date(2024, 12, 31)),
        ("unstable", "assisted", date(2025, 1, 1), date(2026, 11, 22)),
        ("unstable", "settled", TODAY, None),
    ]
    assert [kind for kind, _fields in steps(household)][1:] == ["standing", "standing"]


def test_what_began_on_the_same_day_is_put_right():
    household = make_household()
    stand(household, "sudden", "assisted", BEGAN)
    assert standings(household) == [("sudden", "assisted", BEGAN, None)]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"begins_on": date(2024, 2, 29)}, StandingRefused),
        ({"code": "lifted"}, StandingRefused),
        ({"begins_on": date(2026, 11, 24)}, ValidationError),
        ({"begins_on": date(2013, 1, 1)}, ValidationError),
    ],
)
def test_a_standing_that_does_not_follow_is_refused(changes, refused, register):
    household = make_household()
    before = register()
    with pytest.raises(refused):
        stand(household, **changes)
    assert register() == before


def test_an_erased_household_is_changed_no_more(register):
    household = make_household()
    erase(household)
    before = register()
    for refused in (
        lambda: change(household, phone="13900000000"),
        lambda: stand(household),
        lambda: erase(household),
    ):
        with pytest.raises(Erased) as refusal:
            refused()
        assert "has been erased" in refusal.value.words
    assert register() == before


def test_registering_takes_the_day_of_the_clock_that_is_handed_in(wuchuan):
    with pytest.raises(ValidationError):
        register_household(
            county=wuchuan,
            category=category(),
            by=None,
            now=timezone.make_aware(timezone.datetime(2024, 2, 29)),
            **typed(),
        )
    assert not RegisterStep.objects.exists()
