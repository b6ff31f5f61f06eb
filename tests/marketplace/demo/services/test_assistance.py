"""Households, agreements, records and figures of the demonstration: plausible, and nobody's."""

from decimal import Decimal

import pytest
from django.db.models import Count, Sum
from django.utils import timezone

from catalog.assistance.models import Agreement, Batch, Cell, Evidence, Recognition, Record
from catalog.households.id_numbers import check_id_number
from catalog.households.models import Household, RegisterStep, Standing
from catalog.households.sealed_files import sealed_storage
from cms.stories.models import StoryPage
from marketplace.dashboard.assistance.sold import sold_between
from marketplace.demo.services.agreements import clerk_of
from marketplace.demo.services.benefits import counted_months
from marketplace.demo.services.year import YEAR
from marketplace.order.models import Order
from marketplace.reports.models import Plan, PlanLine
from marketplace.reports.progress import read_progress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
COUNTIES = {"150123": 37, "150124": 108, "150125": 275}


def test_households_are_registered_in_three_counties_each_with_a_standing_in_force():
    counts = Household.objects.values_list("county").annotate(Count("pk"))
    assert dict(counts) == COUNTIES
    in_force = Standing.objects.in_force(timezone.localdate())
    assert in_force.values("household").distinct().count() == sum(COUNTIES.values())
    assert Standing.objects.filter(ends_on=None).count() == sum(COUNTIES.values())
    assert RegisterStep.objects.filter(kind="registered").count() == sum(COUNTIES.values())


def test_numbers_are_well_formed_and_of_nobody():
    """The order 000 of a day is never given to anybody."""
    for household in Household.objects.select_related("township").order_by("?")[:40]:
        number = household.id_number.open()
        check_id_number(number, timezone.localdate())
        assert (number[:6], number[14:17]) == (household.county_id, "000")
        assert household.name.open().endswith("·虚构")
        assert household.township.parent_id == household.county_id


def test_agreements_list_households_of_their_producers_county():
    assert Agreement.objects.count() == 22
    for agreement in Agreement.objects.prefetch_related("members__household"):
        assert agreement.county_id == agreement.cooperative.county_id
        assert {one.household.county_id for one in agreement.members.all()} == {agreement.county_id}
        assert agreement.made_by == clerk_of(agreement.cooperative)


def test_records_stand_in_every_state_and_rest_on_evidence_that_can_be_opened():
    states = dict(Record.objects.values_list("state").annotate(Count("pk")))
    assert (states["submitted"], states["returned"]) == (2, 1)
    assert states["confirmed"] > 100
    assert Record.objects.filter(is_countered=True).count() == 1
    assert Record.objects.filter(counters__isnull=False, state="confirmed").count() == 1
    without = Record.objects.filter(counters=None, evidence=None)
    assert not without.exists()
    names = set(Evidence.objects.values_list("file", flat=True))
    assert all(sealed_storage().open(name).read(2) == b"\xff\xd8" for name in names)


def test_no_household_gets_more_than_was_sold():
    for record in Record.objects.alive().select_related("agreement").order_by("?")[:40]:
        others = Record.objects.alive().filter(
            cooperative=record.cooperative_id, begins_on=record.begins_on
        )
        if record.agreement.specialty_id:
            others = others.filter(agreement__specialty=record.agreement.specialty_id)
        assert (
            others.aggregate(sum=Sum("amount"))["sum"]
            <= sold_between(record.agreement, record.begins_on, record.ends_on).goods
        )


def test_two_months_are_published_and_the_later_one_shows_the_correction():
    first, second = Batch.objects.order_by("month")
    today = timezone.localdate()
    assert [first.month, second.month] == counted_months(today)[-2:]
    assert {first.state, second.state} == {"published"}
    assert Batch.objects.current() == second
    wrong = Record.objects.get(is_countered=True)
    about = {"table": "cooperative", "row": str(wrong.cooperative_id), "span": "year"}
    year = wrong.paid_on.replace(month=1, day=1)
    told = [cell_of(batch, begins_on=year, **about).amount for batch in (first, second)]
    counted = Record.objects.of_cooperative(wrong.cooperative).filter(paid_on__year=year.year)
    for batch, amount in zip((first, second), told, strict=True):
        rows = counted.counted_at(batch.cutoff).filter(paid_on__lt=batch.cutoff)
        assert amount == rows.aggregate(sum=Sum("amount"))["sum"]
    assert cell_of(second, **{**about, "table": "all", "row": ""}, begins_on=year).households > 350


def cell_of(batch, **about):
    return Cell.objects.get(batch=batch, **about)


def test_small_modes_are_hidden_and_most_figures_are_shown():
    cells = Cell.objects.filter(batch=Batch.objects.current())
    small = cells.filter(households__lt=5, households__gt=0)
    assert small.exists()
    assert not small.filter(is_hidden=False).exists()
    assert cells.filter(is_hidden=True).count() < cells.count() / 2
    assert cells.filter(table="mode", span="year", is_hidden=False).count() >= 5


def test_certificates_hold_today_and_the_plan_asks_for_twice_its_base():
    assert Recognition.objects.valid_on(timezone.localdate()).count() == 7
    assert Plan.objects.current().target_year == Batch.objects.current().month.year
    lines = PlanLine.objects.all()
    assert {line.target / line.base for line in lines} == {Decimal(2)}
    assert {line.county_id for line in lines} == COUNTIES.keys()


def test_one_story_names_somebody_by_a_consent_that_holds():
    stories = StoryPage.objects.live().filter(names_person=True)
    assert {story.locale.language_code for story in stories} == {"zh-hans", "en"}
    (consent,) = {story.consent for story in stories}
    assert consent.covers_words
    assert consent.is_valid_on(timezone.localdate())


def test_the_plan_is_measured_by_the_sales_of_the_last_batch():
    progress = read_progress(plan=Plan.objects.current(), batch=Batch.objects.current())
    assert not progress.unplanned or progress.not_planned.net < progress.total.net
    assert 60 < progress.total.percent < 110


def test_the_year_of_purchases_is_made_once():
    assert Order.objects.filter(number__regex=YEAR).count() == 11 * 13


def test_loading_again_adds_nothing(load):
    tables = (Household, Standing, Agreement, Record, Batch, Recognition, PlanLine, Order)
    before = [table.objects.count() for table in tables]
    load(days=20)
    assert [table.objects.count() for table in tables] == before
