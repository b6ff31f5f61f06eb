"""Figures of assistance on pages: chosen by an editor, filled from the batch, never typed."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.blocks import CharBlock

from catalog.assistance.models import Batch, Cell
from cms.blocks.assistance import AssistanceBlock
from cms.blocks.faults import find_faults
from cms.blocks.hints_panel import HintsPanel
from cms.home.models import StandardPage
from tests.cms.conftest import publish
from tests.factories.published import OCTOBER, cell, publish_batch

pytestmark = pytest.mark.django_db
HINT = "读者看不到这一块：还没有公布过数字。"
FIGURE = {"unit": "亩", "label": "坡地燕麦", "source": "统计年鉴", "as_of": "2026-10-31"}


@pytest.fixture
def page(home):
    return publish(home.add_child(instance=StandardPage(title="一篇", slug="page")))


@pytest.fixture
def batch(db) -> Batch:
    batch = publish_batch()
    cell(batch, Cell.Table.ALL, "", 411, "3276000.00")
    cell(batch, Cell.Table.MODE, "wage", 158, "847000.00")
    cell(batch, Cell.Table.MODE, "custody", 6017, "7713.13", is_hidden=True)
    return batch


def section(*figures, table=""):
    value = {"title": "一年的数", "lead": "", "figures": list(figures), "table": table}
    return ("assistance", value)


def figures_block(title, row):
    return ("figures", {"title": title, "lead": "", "figures": [{"number": "9", **row}]})


def shown(client, page, *sections):
    publish(page, body=list(sections))
    cache.clear()
    return client.get("/page/").content.decode()


def test_chosen_figures_stand_in_the_editors_order_with_their_day(client, page, batch):
    html = shown(client, page, section("paid", "households"))
    assert html.index("<b>327.6</b>") < html.index("<b>411</b>")
    assert "2026年11月5日" in html
    assert 'href="/impact/#how"' in html


def test_a_table_shows_what_may_be_shown_and_counts_the_rest(client, page, batch):
    html = shown(client, page, section(table="mode"))
    assert "务工" in html
    assert "84.7 万元" in html
    assert "bars__hidden" in html
    assert "托养" not in html
    assert "6017" not in html.replace(",", "")
    assert "7713" not in html.replace(",", "")


def test_a_section_follows_the_next_batch_by_itself(client, page, batch):
    assert "<b>411</b>" in shown(client, page, section("households"))
    later = publish_batch(OCTOBER, day=20)
    cell(later, Cell.Table.ALL, "", 399, "1.00")
    html = client.get("/page/").content.decode()
    assert "<b>399</b>" in html
    assert "<b>411</b>" not in html


def test_before_the_first_batch_visitors_see_nothing_and_editors_are_told(client, page, rf):
    html = shown(client, page, section("households", table="county"))
    assert "一年的数" not in html
    panel = HintsPanel().bind_to_model(StandardPage)
    bound = panel.get_bound_panel(instance=page, request=rf.get("/"), form=None, prefix="panel")
    assert HINT in str(bound.render_html())


@pytest.mark.parametrize("count", [1, 6])
def test_any_number_of_sections_reads_the_figures_once(
    client, page, batch, count, django_assert_num_queries
):
    sections = [section("households", "sales", table="mode")] * count
    shown(client, page, *sections)
    cache.clear()
    with django_assert_num_queries(11):
        html = client.get("/page/").content.decode()
    assert html.count("<b>411</b>") == count


def test_nothing_in_the_section_can_hold_a_number():
    block = AssistanceBlock()
    typed = {name for name, child in block.child_blocks.items() if isinstance(child, CharBlock)}
    assert typed == {"title", "lead"}
    value = {"title": "数", "figures": [{"type": "item", "value": "406"}], "table": ""}
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python(value))
    assert list(refusal.value.block_errors) == ["figures"]


def test_a_section_without_figure_and_table_is_refused():
    block = AssistanceBlock()
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"title": "数", "figures": [], "table": ""}))
    assert list(refusal.value.block_errors) == ["table"]


@pytest.mark.parametrize(
    "typed",
    [
        {"number": "406", "unit": "户"},
        {"number": "406 户"},
        {"number": "406", "label": "有收入的农户"},
        {"number": "327", "label": "帮扶资金"},
        {"number": "327", "label": "幫扶資金"},
        {"number": "12", "label": "户均增收"},
        {"number": "406", "label": "Households", "unit": ""},
        {"number": "12", "source": "帮扶台账"},
    ],
)
def test_typed_figures_of_households_or_assistance_are_not_published(home, typed):
    page = StandardPage(title="莜面", slug="x", body=[figures_block("几个数", {**FIGURE, **typed})])
    words = find_faults(page, timezone.localdate()).words
    assert len(words) == 1
    assert "Assistance in figures" in words[0] or "帮扶数字" in words[0]


def test_a_title_may_not_announce_assistance_above_typed_figures(home):
    page = StandardPage(title="莜面", slug="x", body=[figures_block("帮扶成效", FIGURE)])
    assert len(find_faults(page, timezone.localdate()).words) == 1


@pytest.mark.parametrize(
    "typed", [{"number": "1,380"}, {"number": "9", "label": "户外的瓮"}, {"label": "用户来信"}]
)
def test_other_typed_figures_stay_as_they_are(home, typed):
    page = StandardPage(title="莜面", slug="x", body=[figures_block("几个数", {**FIGURE, **typed})])
    assert find_faults(page, timezone.localdate()) == {}
