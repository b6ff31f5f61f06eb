"""Sales plans in the back office: written by operators, seen by them and by each county."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from marketplace.dashboard.models import Change
from marketplace.reports.models import Plan, PlanLine
from tests.factories import CooperativeFactory, specialty
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN
from tests.factories.reports import CUTOFF, batch_of, cell_of, line_of, plan_of
from tests.marketplace.dashboard.conftest import posted

pytestmark = pytest.mark.django_db
PLANS = "/en/dashboard/plans/"
TERMS = {
    "name": "倍增",
    "name_en": "Doubling",
    "base_year": "2025",
    "target_year": "2026",
    "is_open": "on",
}


@pytest.fixture
def plan():
    return plan_of(name="倍增", name_en="Doubling")


@pytest.fixture
def county(client):
    client.force_login(posted("county", "county_confirmer", WUCHUAN))
    return client


def text_of(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def errors_of(answer) -> dict:
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_a_plan_is_written_and_the_trace_kept(office, operator):
    answer = office.post(f"{PLANS}new/", TERMS)
    plan = Plan.objects.get()
    assert answer["Location"] == f"{PLANS}{plan.pk}/edit/"
    assert (plan.name, plan.base_year, plan.target_year, plan.is_open) == ("倍增", 2025, 2026, True)
    change = Change.objects.get(room="plan")
    assert (change.subject, change.before, change.by) == (str(plan.pk), None, operator)
    page = text_of(office.get(PLANS))
    assert "1 plan" in page
    assert "Doubling" in page


def test_terms_are_changed_and_told(office, plan):
    office.post(f"{PLANS}{plan.pk}/edit/", {**TERMS, "target_year": "2027"})
    plan.refresh_from_db()
    assert plan.target_year == 2027
    assert "Target year: 2026 → 2027" in text_of(office.get(f"{PLANS}{plan.pk}/edit/"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"target_year": "2025"}, "target_year"),
        ({"target_year": "x"}, "target_year"),
        ({"base_year": "1900"}, "base_year"),
        ({"name": ""}, "name"),
        ({"name": "长" * 61}, "name"),
    ],
)
def test_terms_that_make_no_plan_are_said_beside_their_field_and_kept(office, plan, typed, field):
    for path in (f"{PLANS}new/", f"{PLANS}{plan.pk}/edit/"):
        answer = office.post(path, {**TERMS, "name_en": "Typed", **typed})
        assert list(errors_of(answer)) == [field]
        assert 'value="Typed"' in text_of(answer)
    assert list(Plan.objects.values_list("name_en", "target_year")) == [("Doubling", 2026)]
    assert not Change.objects.exists()


def sheet_of(**amounts) -> dict[str, str]:
    """By channel, "base target" for oats."""
    key = specialty().pk
    return {
        f"{name}-{key}-{channel}": value
        for channel, pair in amounts.items()
        for name, value in zip(("base", "target"), pair.split("/"), strict=True)
    }


@pytest.fixture
def sheet(plan):
    CooperativeFactory()
    specialty()
    return f"{PLANS}{plan.pk}/edit/{WUCHUAN}/"


def test_a_countys_sheet_is_filled_in_changed_and_told(office, plan, sheet):
    line_of(plan, "700", "300", channel="fair")
    assert 'value="700.00"' in text_of(office.get(sheet))
    answer = office.post(sheet, sheet_of(online="500/1000.50", fair="/"))
    assert answer["Location"] == f"{PLANS}{plan.pk}/edit/"
    line = PlanLine.objects.get()
    assert (line.county_id, line.channel) == (WUCHUAN, "online")
    assert (line.base, line.target) == (Decimal("500.00"), Decimal("1000.50"))
    change = Change.objects.get(room="plan")
    key = specialty().pk
    assert change.subject == f"{plan.pk}/{WUCHUAN}"
    assert change.before == {f"{key}/fair": "300.00 → 700.00", f"{key}/online": None}
    assert change.after == {f"{key}/fair": None, f"{key}/online": "500.00 → 1000.50"}
    page = text_of(office.get(f"{PLANS}{plan.pk}/edit/"))
    assert "Oat · Fair: 300.00 → 700.00 → —" in page
    assert "¥500.00 → <b>¥1,000.50</b>" in page


def test_a_sheet_that_changes_nothing_leaves_no_trace(office, plan, sheet):
    line_of(plan, "700", "300")
    office.post(sheet, sheet_of(online="300/700"))
    assert not Change.objects.exists()


@pytest.mark.parametrize("pair", ["500/", "/500", "-1/500", "500/1000.001", "x/500", "1/1e30"])
def test_amounts_that_are_none_are_said_beside_their_field_kept_and_nothing_changes(
    office, plan, sheet, pair
):
    line_of(plan, "700", "300")
    answer = office.post(sheet, sheet_of(online=pair, fair="123/456"))
    [field] = errors_of(answer)
    assert field.endswith(f"-{specialty().pk}-online")
    assert 'value="456"' in text_of(answer)
    assert list(PlanLine.objects.values_list("target", flat=True)) == [700]
    assert not Change.objects.exists()


def test_a_county_without_producers_or_lines_has_no_sheet(office, plan, sheet):
    for code in (QINGSHUIHE, "110101", "x"):
        assert office.get(f"{PLANS}{plan.pk}/edit/{code}/").status_code == 404
    line_of(plan, county=QINGSHUIHE)
    assert office.get(f"{PLANS}{plan.pk}/edit/{QINGSHUIHE}/").status_code == 200


@pytest.fixture
def batch(plan):
    """Wuchuan has sold 400 of 1000, Qingshuihe 50 of 200; 7 that nobody had planned."""
    batch = batch_of(cutoff=CUTOFF)
    theirs = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    line_of(plan, "1000", "500")
    line_of(plan, "200", "100", county=QINGSHUIHE)
    cell_of(batch, "500", "100")
    cell_of(batch, "50", cooperative=theirs)
    cell_of(batch, "7", cooperative=theirs, channel="unit")
    return batch


def test_an_operator_sees_every_county_the_pace_and_what_is_not_planned(office, plan, batch):
    answer = office.get(f"{PLANS}{plan.pk}/")
    progress = answer.context["progress"]
    assert (progress.total.target, progress.total.net) == (1200, 450)
    assert [row.amounts.net for row in progress.unplanned] == [7]
    page = text_of(answer)
    for words in (
        f"Batch {batch.number}, as of 3 December 2026 09:00",
        "paid before 1 December 2026",
        "intents are not counted",
        "¥1,200.00",
        "37.5%",
        "Not planned",
        "Qingshuihe",
    ):
        assert words in page
    assert 'class="plan-chart__pace" points="0,200 ' in page


def test_a_county_sees_its_own_lines_and_sales_and_nothing_of_others(county, plan, batch):
    page = text_of(county.get(f"/en/dashboard/county/{WUCHUAN}/plan/"))
    assert "¥1,000.00" in page
    assert "40.0%" in page
    assert "Qingshuihe" not in page
    assert "Not planned" not in page
    asked = f"/en/dashboard/county/{WUCHUAN}/plan/?county={QINGSHUIHE}"
    assert "Qingshuihe" not in text_of(county.get(asked))
    assert county.get(f"/en/dashboard/county/{QINGSHUIHE}/plan/").status_code == 404
    assert county.get(f"{PLANS}{plan.pk}/").status_code == 403


def test_a_county_sees_only_plans_that_are_shown_and_chooses_among_them(county, plan, batch):
    hidden = plan_of(name="草稿", name_en="Draft", is_open=False, target=2027)
    other = plan_of(name="旧", name_en="Old", base=2020, target=2024)
    path = f"/en/dashboard/county/{WUCHUAN}/plan/"
    for asked, shown in (("", plan), (f"?plan={other.pk}", other), (f"?plan={hidden.pk}", plan)):
        answer = county.get(f"{path}{asked}")
        assert answer.context["plan"] == shown
        assert "Draft" not in text_of(answer)
    assert county.get(f"{path}?plan=x").context["plan"] == plan


def test_a_county_without_a_plan_is_told_so(county):
    page = text_of(county.get(f"/en/dashboard/county/{WUCHUAN}/plan/"))
    assert "No sales plan yet" in page


@pytest.mark.parametrize(
    ("asked", "net"),
    [
        (f"county={QINGSHUIHE}", 50),
        ("channel=online", 450),
        ("channel=fair", 0),
        (f"county={WUCHUAN}&channel=online", 400),
        ("county=110101", 450),
        ("channel=nowhere&specialty=x&batch=none", 450),
    ],
)
def test_filters_narrow_it_and_wrong_ones_are_said_and_left_out(office, plan, batch, asked, net):
    answer = office.get(f"{PLANS}{plan.pk}/?{asked}")
    assert answer.context["progress"].total.net == net
    is_wrong = "110101" in asked or "nowhere" in asked
    assert bool(answer.context["form"].errors) == is_wrong
    assert text_of(answer).count("field__error") == (len(answer.context["form"].errors))


def test_a_filter_of_a_specialty(office, plan, batch):
    quinoa = specialty("quinoa", "藜麦")
    answer = office.get(f"{PLANS}{plan.pk}/?specialty={quinoa.pk}")
    assert "The plan has no line here." in text_of(answer)


def test_an_older_batch_is_chosen_and_says_what_it_said(office, plan, batch):
    newer = batch_of(date(2026, 12, 1), cutoff=CUTOFF + timedelta(days=31))
    path = f"{PLANS}{plan.pk}/"
    assert office.get(path).context["progress"].batch == newer
    for _ in range(2):
        answer = office.get(f"{path}?batch={batch.number}")
        assert answer.context["progress"].total.net == 450
    unpublished = batch_of(cutoff=CUTOFF, state="ready")
    answer = office.get(f"{path}?batch={unpublished.number}")
    assert answer.context["progress"].batch == newer


def test_without_a_batch_the_plan_is_there_and_nothing_counted(office, plan):
    line_of(plan, "1000", "500")
    page = text_of(office.get(f"{PLANS}{plan.pk}/"))
    assert "No published batch of figures tells of 2026 yet" in page
    assert "¥1,000.00" in page
    assert "plan-chart" not in page


def test_a_plan_that_is_not_there(office):
    for path in ("9/", "9/edit/", f"9/edit/{WUCHUAN}/"):
        assert office.get(f"{PLANS}{path}").status_code == 404
    assert office.post(f"{PLANS}9/export/", {"kind": "csv"}).status_code == 404


@pytest.mark.parametrize("lines", [1, 4])
def test_pages_cost_the_same_for_any_number_of_lines(
    office, plan, lines, django_assert_max_num_queries
):
    batch = batch_of(cutoff=CUTOFF)
    for number in range(lines):
        goods, maker = specialty(f"kind-{number}", f"作物{number}"), CooperativeFactory()
        line_of(plan, goods=goods)
        cell_of(batch, "10", goods=goods, cooperative=maker)
        cell_of(batch, "10", goods=goods, cooperative=maker, channel="fair")
    # session, user, posting; plan, counties, batches, specialties; four of progress; exports
    with django_assert_max_num_queries(12):
        assert office.get(f"{PLANS}{plan.pk}/").status_code == 200
    with django_assert_max_num_queries(10):
        assert office.get(f"{PLANS}{plan.pk}/edit/").status_code == 200
    with django_assert_max_num_queries(4):
        assert office.get(PLANS).status_code == 200
