"""Writing plans: their years, and a county's lines."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.origins.models import Region
from marketplace.reports.models import Plan, PlanLine
from marketplace.reports.plans import Goal, Slot, Terms, save_lines, save_plan
from tests.factories import specialty
from tests.factories.goods import QINGSHUIHE, WUCHUAN
from tests.factories.reports import line_of, plan_of

pytestmark = pytest.mark.django_db
TERMS = Terms("倍增", "Double", 2025, 2028, is_open=True)


def test_a_plan_is_written_and_changed_and_what_it_was_is_handed_back():
    plan, before = save_plan(plan_id=None, terms=TERMS)
    assert before is None
    changed = TERMS._replace(name="三年倍增", is_open=False)
    assert save_plan(plan_id=plan.pk, terms=changed) == (plan, TERMS)
    plan.refresh_from_db()
    assert Terms(*(getattr(plan, name) for name in Terms._fields)) == changed


@pytest.mark.parametrize(
    ("years", "field"),
    [
        ({"target_year": 2025}, "target_year"),
        ({"target_year": 2024}, "target_year"),
        ({"base_year": 2014}, "base_year"),
        ({"target_year": 2100}, "target_year"),
    ],
)
def test_years_that_make_no_plan_are_refused_and_nothing_changes(years, field):
    plan, _ = save_plan(plan_id=None, terms=TERMS)
    for key in (None, plan.pk):
        with pytest.raises(ValidationError) as refusal:
            save_plan(plan_id=key, terms=TERMS._replace(**years))
        assert list(refusal.value.message_dict) == [field]
    assert Plan.objects.get() == plan
    assert (Plan.objects.get().base_year, Plan.objects.get().target_year) == (2025, 2028)


def goal(base: str, target: str) -> Goal:
    return Goal(Decimal(base), Decimal(target))


def lines() -> dict:
    return {
        (line.county_id, line.specialty.slug, line.channel): (line.base, line.target)
        for line in PlanLine.objects.select_related("specialty")
    }


def test_lines_are_made_changed_and_taken_away_and_those_of_others_stay():
    plan, county = plan_of(), Region.objects.get(pk=WUCHUAN)
    oat = specialty()
    line_of(plan, "10", "5")
    line_of(plan, "20", "5", channel="fair")
    line_of(plan, "30", "5", channel="unit")
    line_of(plan, "40", "5", county=QINGSHUIHE)
    line_of(plan_of(name="另一个"), "50", "5")
    goals = {
        Slot(oat.pk, "online"): goal("5", "11"),
        Slot(oat.pk, "fair"): None,
        Slot(oat.pk, "presale"): goal("0", "7"),
        Slot(oat.pk, "booth"): None,
    }
    before = save_lines(plan_id=plan.pk, county=county, goals=goals)
    assert before == {
        Slot(oat.pk, "online"): goal("5", "10"),
        Slot(oat.pk, "fair"): goal("5", "20"),
    }
    found = {key: value for key, value in lines().items() if value[1] != 50}
    assert found == {
        (WUCHUAN, "oat", "online"): (5, 11),
        (WUCHUAN, "oat", "presale"): (0, 7),
        (WUCHUAN, "oat", "unit"): (5, 30),
        (QINGSHUIHE, "oat", "online"): (5, 40),
    }
    assert PlanLine.objects.filter(target=50).exists()


def test_what_is_saved_again_is_not_written():
    plan, county = plan_of(), Region.objects.get(pk=WUCHUAN)
    kept = line_of(plan, "10", "5")
    save_lines(
        plan_id=plan.pk, county=county, goals={Slot(kept.specialty_id, "online"): goal("5", "10")}
    )
    assert PlanLine.objects.get() == kept


@pytest.mark.parametrize("amounts", [{"base": -1}, {"target": -1}])
def test_the_database_keeps_no_negative_amount(amounts):
    line = line_of(plan_of())
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLine.objects.filter(pk=line.pk).update(**amounts)
