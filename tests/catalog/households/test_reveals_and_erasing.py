"""Looking needs a reason that stays; erasing leaves what counts and nobody's name."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.households.models import Household, Reveal
from catalog.households.refusals import Erased, NothingThere
from catalog.households.services import (
    erase_due,
    erase_household,
    reveal_field,
    set_standing,
)
from catalog.households.services.erasing import years_before
from catalog.households.tasks import erase_what_is_due
from tests.factories.households import (
    QINGSHUIHE,
    category,
    left,
    make_household,
    valid_id_number,
)
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import somebody

pytestmark = pytest.mark.django_db


def look(household, field="phone", reason="电话核对收款", by=None) -> str:
    return reveal_field(
        county=household.county, code=household.code, field=field, reason=reason, by=by, now=NOW
    )


def erase(household, reason="已经搬走") -> None:
    erase_household(county=household.county, code=household.code, reason=reason, by=None, now=NOW)


def test_a_field_is_told_once_the_look_is_written_down():
    household, clerk = make_household(seed=7), somebody("clerk")
    assert look(household, "id_number", by=clerk) == valid_id_number(7)
    row = Reveal.objects.get()
    assert (row.household, row.field, row.reason) == (household, "id_number", "电话核对收款")
    assert (row.by, row.at) == (clerk, NOW)


@pytest.mark.parametrize(
    ("field", "reason", "wrong"),
    [
        ("phone", "", "reason"),
        ("phone", "  看 ", "reason"),
        ("phone", "看" * 201, "reason"),
        ("phone", "核对 13800000007", "reason"),
        ("phone", "核对标记姓名", "reason"),
        ("id_digest", "电话核对收款", "field"),
        ("", "电话核对收款", "field"),
    ],
)
def test_without_a_reason_or_a_field_nothing_is_told(field, reason, wrong, register):
    household = make_household(seed=7, name="标记姓名")
    before = register()
    with pytest.raises(ValidationError) as refusal:
        look(household, field, reason)
    assert list(refusal.value.message_dict) == [wrong]
    assert register() == before


def test_what_is_not_known_is_not_told(register):
    household = make_household(phone="")
    before = register()
    with pytest.raises(NothingThere):
        look(household)
    assert register() == before


def test_another_county_does_not_find_it(register, wuchuan):
    household = make_household(QINGSHUIHE)
    before = register()
    household.county = wuchuan
    with pytest.raises(Household.DoesNotExist):
        look(household)
    assert register() == before


def test_erasing_clears_the_person_and_keeps_what_counts():
    household = make_household(seed=7)
    look(household)
    erase(household)
    row = Household.objects.get()
    sealed = [getattr(row, field) for field in (*Household.SEALED, "id_digest")]
    assert sealed == [None] * 5
    assert (row.code, row.erased_at) == (household.code, NOW)
    assert row.standings.count() == row.reveals.count() == 1
    step = row.steps.get(kind="erased")
    assert (step.fields, step.reason, step.by) == ([], "已经搬走", None)
    with pytest.raises(Erased):
        look(row)


def test_erasing_without_a_reason_changes_nothing(register):
    household = make_household()
    before = register()
    with pytest.raises(ValidationError):
        erase(household, " ")
    assert register() == before


def test_an_erased_persons_number_may_be_registered_again():
    first = make_household(seed=7)
    erase(first)
    assert make_household(QINGSHUIHE, seed=7).code != first.code


def test_who_left_three_years_ago_is_erased_by_the_clock():
    today = timezone.localdate(NOW)
    due = left(make_household(begins_on=date(2020, 1, 1)), years_before(today, 3))
    still = left(
        make_household(begins_on=date(2020, 1, 1)), years_before(today, 3) + timedelta(days=1)
    )
    assisted = make_household(begins_on=date(2015, 1, 1))
    assert erase_due(now=NOW) == 1
    due, still, assisted = (Household.objects.get(pk=row.pk) for row in (due, still, assisted))
    assert (due.erased_at, still.erased_at, assisted.erased_at) == (NOW, None, None)
    assert due.steps.filter(kind="erased", by=None, reason="").count() == 1
    assert erase_due(now=NOW) == 0


def test_whose_last_category_ended_three_years_ago_is_erased_too():
    household = make_household(begins_on=date(2020, 1, 1))
    household.standings.update(ends_on=date(2023, 11, 23))
    erase_what_is_due()
    assert Household.objects.get().erased_at == NOW


def test_who_came_back_is_not_erased():
    household = left(make_household(begins_on=date(2020, 1, 1)), date(2021, 1, 1))
    set_standing(
        county=household.county,
        code=household.code,
        category=category("sudden"),
        status="assisted",
        begins_on=date(2022, 1, 1),
        by=None,
        now=NOW,
    )
    assert erase_due(now=NOW) == 0


@pytest.mark.parametrize(
    ("day", "before"),
    [("2026-11-23", "2023-11-23"), ("2028-02-29", "2025-02-28"), ("2027-02-28", "2024-02-28")],
)
def test_three_years_end_on_the_same_day(day, before):
    assert years_before(datetime.fromisoformat(day).date(), 3) == date.fromisoformat(before)
