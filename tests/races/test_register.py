"""The register of households under hands that come at the same moment."""

from functools import partial

import pytest
from django.utils import timezone

from catalog.households.models import Household, RegisterImport, RegisterStep
from catalog.households.sealing import seal_bytes
from catalog.households.services import (
    change_household,
    erase_household,
    importing,
    register_household,
    reveal_field,
    set_standing,
)
from catalog.origins.models import Region
from tests.catalog.households.sheets import row_of, sheet_of
from tests.factories.households import (
    QINGSHUIHE,
    WUCHUAN,
    category,
    make_household,
    typed,
    valid_id_number,
)
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def names(results) -> list[str]:
    return sorted(type(one).__name__ for one in results)


def about(household, **more):
    county, now = household.county, timezone.now()
    return {"county": county, "code": household.code, "by": None, "now": now, **more}


@pytest.mark.parametrize("turn", ROUNDS)
def test_erasing_against_changing_leaves_nothing_of_the_person(turn):
    household = make_household()
    results = at_once(
        [
            partial(erase_household, **about(household, reason="本人申请删除")),
            partial(change_household, **about(household, given={"phone": "13900000000"})),
            partial(reveal_field, **about(household, field="phone", reason="电话核对收款")),
        ]
    )
    assert set(names(results)) <= {"NoneType", "list", "str", "Erased"}
    row = Household.objects.get()
    assert row.erased_at
    assert [getattr(row, name) for name in (*Household.SEALED, "id_digest")] == [None] * 5
    changes = row.steps.filter(kind="changed").count() + row.reveals.count()
    assert changes == 2 - names(results).count("Erased")


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_one_number_in_two_counties_at_once_one_is_registered(turn):
    given = {**typed(1), "category": category(), "by": None, "now": timezone.now()}
    counties = [Region.objects.get(pk=code) for code in (WUCHUAN, QINGSHUIHE)]
    results = at_once([partial(register_household, county=one, **given) for one in counties])
    assert names(results) == ["Household", "RegisteredAlready"]
    household = Household.objects.get()
    assert list(household.steps.values_list("kind", flat=True).order_by("pk")) == [
        "registered",
        "tried",
    ]


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_sheets_with_the_same_numbers_register_each_once(turn):
    """One the other way round: nobody waits for the other for ever."""
    numbers = range(40)
    jobs = [
        RegisterImport.objects.create(
            county_id=code,
            sealed=seal_bytes(sheet_of(*map(row_of, order))),
            state="writing",
            rows_total=40,
            good=40,
            begun_at=timezone.now(),
        )
        for code, order in ((WUCHUAN, numbers), (QINGSHUIHE, reversed(numbers)))
    ]
    now = timezone.now()
    results = at_once([partial(importing.write_rows, job_id=job.pk, now=now) for job in jobs])
    assert names(results) == ["NoneType", "NoneType"]
    rows = list(Household.objects.all())
    assert sorted(row.id_number.open() for row in rows) == sorted(map(valid_id_number, numbers))
    done = RegisterImport.objects.order_by("pk")
    assert [job.state for job in done] == ["done", "done"]
    assert sum(job.good for job in done) == 40
    assert sum(len(job.errors) for job in done) == 40


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_writing_task_that_comes_twice_at_once_writes_each_row_once(turn, monkeypatch):
    monkeypatch.setattr("catalog.households.rows.CHUNK", 10)
    job = RegisterImport.objects.create(
        county_id=WUCHUAN,
        sealed=seal_bytes(sheet_of(*map(row_of, range(40)))),
        state="writing",
        rows_total=40,
        good=40,
        begun_at=timezone.now(),
    )
    now = timezone.now()
    results = at_once([partial(importing.write_rows, job_id=job.pk, now=now)] * 2)
    assert names(results) == ["NoneType", "NoneType"]
    job.refresh_from_db()
    assert (job.state, job.good, job.errors) == ("done", 40, [])
    assert Household.objects.count() == RegisterStep.objects.count() == 40


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_standings_set_at_once_one_is_open(turn):
    household = make_household()
    kinds = [category(code) for code in ("unstable", "borderline", "sudden", "other")]
    day = timezone.localdate()
    results = at_once(
        [
            partial(
                set_standing,
                **about(household, category=kind, status="assisted", begins_on=day),
            )
            for kind in kinds
        ]
    )
    assert names(results) == ["Standing"] * 4
    rows = household.standings.order_by("begins_on")
    assert [row.ends_on is None for row in rows] == [False, True]
