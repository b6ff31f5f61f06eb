"""How far a plan is: by one batch, against the share of the year that is over."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from marketplace.reports.course import Amounts, Course, course_of
from marketplace.reports.progress import Scope, batches_for, read_progress
from tests.factories import CooperativeFactory, specialty
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN
from tests.factories.reports import CUTOFF, NOVEMBER, batch_of, cell_of, line_of, plan_of

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
OCTOBER = date(2026, 10, 1)


def midnight(*day: int) -> datetime:
    return datetime(*day, tzinfo=BEIJING)


def amounts(target: str | None = "365.00", sold: str = "0", refunded: str = "0", **about):
    course = about.get("course") or course_of(2026, midnight(2026, 7, 1))
    base = None if target is None else Decimal("100")
    aim = None if target is None else Decimal(target)
    return Amounts(base, aim, Decimal(sold), Decimal(refunded), course)


@pytest.mark.parametrize(
    ("until", "days"),
    [((2025, 6, 1), 0), ((2026, 1, 1), 0), ((2026, 1, 15), 14), ((2027, 1, 2), 365)],
)
def test_the_course_is_the_share_of_the_year_that_is_over(until, days):
    course = course_of(2026, midnight(*until))
    assert (course.share, course.weeks) == (Fraction(days, 365), Fraction(365 - days, 7))


def test_the_pace_is_a_straight_line_from_nothing_to_the_target():
    found = amounts(sold="200.00", refunded="10.00")
    assert (found.net, found.pace) == (Decimal("190.00"), Decimal("181.00"))
    assert (found.ahead, found.percent) == (Decimal("9.00"), Decimal("52.1"))


def test_each_week_that_is_left_has_to_bring_its_part_rounded_up():
    assert amounts(sold="181.00").per_week == Decimal("7.00")
    assert amounts(sold="180.99").per_week == Decimal("7.01")
    assert amounts(sold="400.00").per_week == 0


def test_the_last_days_count_as_a_week_and_after_them_nothing_is_asked():
    late = course_of(2026, midnight(2026, 12, 30))
    assert amounts("100.00", "40.00", course=late).per_week == Decimal("60.00")
    over = Course(Fraction(1), Fraction(0))
    assert amounts("100.00", "40.00", course=over).per_week is None


def test_nothing_to_be_sold_has_no_share_of_it():
    assert amounts("0.00", "40.00").percent is None
    assert amounts(None).percent is None


@pytest.fixture
def plan():
    return plan_of()


@pytest.fixture
def batch():
    return batch_of(cutoff=CUTOFF)


def test_a_line_has_the_sales_of_its_county_specialty_and_channel_in_the_target_year(plan, batch):
    line_of(plan, "1000", "500")
    one, other = CooperativeFactory(), CooperativeFactory()
    cell_of(batch, "100", "10", cooperative=one)
    cell_of(batch, "50", cooperative=one, month=OCTOBER)
    cell_of(batch, "7", "7", cooperative=other)
    cell_of(batch, "999", cooperative=one, month=date(2025, 11, 1))
    [row] = read_progress(plan=plan, batch=batch).rows
    assert (row.county.pk, row.specialty.slug, row.channel) == (WUCHUAN, "oat", "online")
    assert (row.amounts.base, row.amounts.target) == (500, 1000)
    assert (row.amounts.sold, row.amounts.refunded, row.amounts.net) == (157, 17, 140)


def test_sales_without_a_line_stand_apart_and_are_not_in_the_sum(plan, batch):
    line_of(plan, "1000")
    maker = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    cell_of(batch, "100")
    cell_of(batch, "30", "5", cooperative=maker)
    cell_of(batch, "20", channel="presale")
    found = read_progress(plan=plan, batch=batch)
    assert [(r.county.pk, r.channel, r.amounts.net) for r in found.unplanned] == [
        (QINGSHUIHE, "online", 25),
        (WUCHUAN, "presale", 20),
    ]
    assert (found.total.net, found.not_planned.net) == (100, 45)
    assert found.not_planned.target is None
    assert [row.amounts.is_planned for row in found.unplanned] == [False, False]


@pytest.mark.parametrize(
    ("scope", "net"),
    [
        (Scope(), 115),
        (Scope(county=QINGSHUIHE), 10),
        (Scope(channel="fair"), 5),
        (Scope(county=WUCHUAN, channel="online"), 100),
    ],
)
def test_a_scope_takes_its_lines_and_its_sales(plan, batch, scope, net):
    theirs = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    for county, channel in ((WUCHUAN, "online"), (WUCHUAN, "fair"), (QINGSHUIHE, "online")):
        line_of(plan, county=county, channel=channel)
    cell_of(batch, "100")
    cell_of(batch, "5", channel="fair")
    cell_of(batch, "10", cooperative=theirs)
    found = read_progress(plan=plan, batch=batch, scope=scope)
    assert (found.total.net, found.unplanned) == (net, [])


def test_a_scope_of_one_specialty(plan, batch):
    quinoa = specialty("quinoa", "藜麦")
    line_of(plan)
    line_of(plan, goods=quinoa)
    cell_of(batch, "100")
    cell_of(batch, "5", goods=quinoa)
    found = read_progress(plan=plan, batch=batch, scope=Scope(specialty=quinoa.pk))
    assert [(row.specialty.pk, row.amounts.net) for row in found.rows] == [(quinoa.pk, 5)]


def test_the_pace_stands_where_the_batchs_sales_end(plan):
    line_of(plan, "365")
    late = batch_of(OCTOBER, cutoff=CUTOFF)
    assert read_progress(plan=plan, batch=late).total.pace == Decimal("304.00")
    early = batch_of(NOVEMBER, cutoff=midnight(2026, 11, 11))
    found = read_progress(plan=plan, batch=early)
    assert (found.until, found.total.pace) == (midnight(2026, 11, 11), Decimal("314.00"))


def test_points_add_up_months_and_know_nothing_of_those_to_come(plan):
    line_of(plan, "365")
    batch = batch_of(OCTOBER, cutoff=CUTOFF)
    cell_of(batch, "10", month=date(2026, 2, 1))
    cell_of(batch, "20", "5", month=OCTOBER)
    cell_of(batch, "99", channel="fair", month=OCTOBER)
    points = read_progress(plan=plan, batch=batch).points
    assert [point.net for point in points] == [0, *[10] * 8, 25, None, None]
    assert (points[0].pace, points[11].pace) == (Decimal("31.00"), Decimal("365.00"))


def test_an_old_batch_says_the_same_after_a_later_one(plan):
    line_of(plan)
    old = batch_of(OCTOBER, cutoff=CUTOFF)
    cell_of(old, "20", month=OCTOBER)
    before = read_progress(plan=plan, batch=old).total
    new = batch_of(NOVEMBER, cutoff=CUTOFF + timedelta(days=30))
    cell_of(new, "20", "20", month=OCTOBER)
    assert read_progress(plan=plan, batch=old).total == before
    assert read_progress(plan=plan, batch=new).total.net == 0


def test_batches_for_a_plan_are_published_and_tell_of_its_year_the_newest_first(plan):
    first = batch_of(OCTOBER, cutoff=CUTOFF)
    second = batch_of(date(2027, 2, 1), cutoff=CUTOFF + timedelta(days=90))
    for month in (date(2025, 12, 1), date(2028, 1, 1)):
        batch_of(month, cutoff=CUTOFF)
    batch_of(NOVEMBER, cutoff=CUTOFF, state="ready")
    assert list(batches_for(plan)) == [second, first]


def test_without_a_batch_nothing_is_counted(plan):
    line_of(plan, "100")
    found = read_progress(plan=plan, batch=None)
    assert (found.total.net, found.total.pace, found.unplanned) == (0, 0, [])
    assert {point.net for point in found.points} == {None}


@pytest.mark.parametrize("makers", [1, 3])
def test_progress_costs_the_same_for_any_number_of_rows(
    plan, batch, makers, django_assert_num_queries
):
    for number in range(makers):
        maker = CooperativeFactory()
        goods = specialty(f"kind-{number}", f"作物{number}")
        line_of(plan, goods=goods)
        cell_of(batch, "10", cooperative=maker, goods=goods)
        cell_of(batch, "10", cooperative=maker, goods=goods, channel="fair")
    with django_assert_num_queries(4):  # lines, sales, counties and specialties without a line
        found = read_progress(plan=plan, batch=batch)
    assert (len(found.rows), len(found.unplanned)) == (makers, makers)
