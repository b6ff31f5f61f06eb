"""The public summary: sums of the plan that is shown, by the batch that is published."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.reports.progress import read_progress
from marketplace.reports.public_plan import read_public_plan
from tests.factories.reports import CUTOFF, batch_of, cell_of, line_of, plan_of

pytestmark = pytest.mark.django_db


def shown(plan) -> str:
    return render_to_string("shop/impact/plan_summary.html", {"plan": plan})


def test_sums_are_those_of_the_plan_that_is_shown_by_the_newest_published_batch():
    plan_of(name="旧计划", base=2020, target=2024)
    plan = plan_of(name="倍增计划")
    plan_of(name="草稿", is_open=False, target=2027)
    line_of(plan, "1000", "500")
    line_of(plan, "1000", "100", channel="fair")
    old, new = batch_of(cutoff=CUTOFF), batch_of(cutoff=CUTOFF + timedelta(days=1))
    batch_of(cutoff=CUTOFF + timedelta(days=2), state="ready")
    cell_of(old, "900")
    cell_of(new, "500", "100")
    cell_of(new, "77", channel="unit")
    found = read_public_plan()
    assert (found.plan, found.batch, found.as_of) == (plan, new, CUTOFF + timedelta(days=1))
    assert (found.amounts.base, found.amounts.target, found.amounts.net) == (600, 2000, 400)
    assert (found.amounts.percent, found.filled, found.expected) == (Decimal("20.0"), 20, 91)
    assert found.amounts == read_progress(plan=plan, batch=new).total
    assert found.until == read_progress(plan=plan, batch=new).until


def test_there_is_none_without_plan_batch_or_target():
    assert read_public_plan() is None
    plan = plan_of()
    assert read_public_plan() is None
    batch_of(cutoff=CUTOFF)
    assert read_public_plan() is None
    line_of(plan, "0")
    assert read_public_plan() is None
    line_of(plan, "1", channel="fair")
    assert read_public_plan() is not None


def test_there_is_none_while_no_batch_tells_of_its_year():
    line_of(plan_of(target=2028))
    batch_of(cutoff=CUTOFF)
    assert read_public_plan() is None


def test_next_years_plan_stands_behind_this_years_until_a_batch_tells_of_it():
    plan = plan_of(name="今年")
    line_of(plan, "10")
    line_of(plan_of(name="明年", base=plan.base_year + 1, target=plan.target_year + 1), "20")
    batch_of(cutoff=CUTOFF)
    assert read_public_plan().plan == plan


def test_more_than_everything_fills_the_bar_and_no_more():
    line_of(plan_of(), "10")
    cell_of(batch_of(cutoff=CUTOFF), "25")
    found = read_public_plan()
    assert (found.filled, found.amounts.percent) == (100, Decimal("250.0"))


def test_the_summary_says_its_figures_their_day_and_what_is_not_counted():
    line_of(plan_of(name="倍增计划", name_en="Doubling"), "2000000", "1000000")
    batch = batch_of(date(2026, 10, 1), cutoff=CUTOFF)
    cell_of(batch, "500000", "100000")
    with translation.override("en"):
        page = shown(read_public_plan())
    for words in ("Doubling", "¥400,000.00 of ¥2,000,000.00", "20.0%", "2025: ¥1,000,000.00"):
        assert words in page
    for words in ("1 November 2026", "3 December 2026", batch.number, "intents are not counted"):
        assert words in page


def test_it_costs_a_fixed_number_of_queries(django_assert_num_queries):
    plan, batch = plan_of(), batch_of(cutoff=CUTOFF)
    for channel in ("online", "fair", "unit"):
        line_of(plan, channel=channel)
        cell_of(batch, "10", channel=channel)
    with django_assert_num_queries(2):
        read_public_plan()
