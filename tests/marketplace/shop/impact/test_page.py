"""The page of figures: what stands there, what never does, and what it costs."""

import json
import re
from datetime import date

import pytest

from catalog.assistance.models import Batch, Cell, Mode
from tests.factories import CooperativeFactory, specialty
from tests.factories.published import OCTOBER, cell, publish_batch, sold
from tests.factories.reports import line_of, plan_of

pytestmark = pytest.mark.django_db
ADDRESS, ENGLISH = "/impact/", "/en/impact/"


def text_of(client, address=ENGLISH) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_before_the_first_batch_the_page_says_so_and_shows_no_number(client):
    text = text_of(client)
    assert "No figures have been published yet" in text
    assert "key-figure" not in text
    assert "figures.csv" not in text
    assert client.get("/impact/2026/").status_code == 404
    assert client.get("/impact/2026/figures.csv").status_code == 404


@pytest.mark.parametrize("state", ["making", "ready", "dropped", "failed"])
def test_a_batch_that_is_not_published_is_not_shown(client, state):
    under_way = True if state in Batch.UNDER_WAY else None
    batch = publish_batch(state=state, published_at=None, is_under_way=under_way)
    cell(batch, Cell.Table.ALL, "", 406, "3276000.00")
    assert "No figures have been published yet" in text_of(client)


def test_the_key_figures_of_the_year_stand_with_their_months_and_day(client, sales):
    context = client.get(ADDRESS).context["impact"]
    assert [(figure.name, figure.number) for figure in context.key_figures] == [
        ("sales", "15.1"),
        ("households", "406"),
        ("paid", "327.6"),
        ("producers", "2"),
    ]
    text = words_of(text_of(client))
    assert "January–October 2026, as of 5 November 2026." in text
    assert "151.0 thousand yuan" in text


def test_chinese_says_the_months_in_its_own_way(client, sales):
    text = text_of(client, ADDRESS)
    assert "2026年1—10月" in text
    assert "2026年11月5日" in text
    assert "163.6 万元" in text


def test_months_are_drawn_by_the_four_specialties_and_the_neighbours_are_named(client, sales):
    chart = client.get(ENGLISH).context["impact"].chart
    assert [column.label for column in chart.columns][-2:] == ["Sep", "Oct"]
    assert [len(column.parts) for column in chart.columns] == [0] * 8 + [2, 1]
    assert chart.legend == [("oat", "Oat", "83"), ("lamb", "Mutton", "60")]
    assert chart.others == [("Neighbours", "¥8,000")]
    assert [tick.label for tick in chart.ticks] == ["0", "40", "80", "120"]
    assert [column.total for column in chart.columns if column.total] == ["98"]
    september = chart.columns[8].parts
    assert [(part.y, part.height) for part in september] == [
        ("68.333%", "31.667%"),
        ("18.333%", "50.000%"),
    ]


def test_the_table_says_what_the_drawing_says_to_the_fen(client, sales):
    table = client.get(ENGLISH).context["impact"].sales_table
    assert [(month, [str(kept) for kept in row], str(total)) for month, row, total in table][
        8:
    ] == [
        ("Sep", ["38000.00", "60000.00", "0.00"], "98000.00"),
        ("Oct", ["45000.00", "0.00", "8000.00"], "53000.00"),
    ]
    assert "98,000.00" in text_of(client)


def test_nothing_in_the_page_needs_inline_style_or_script(client, sales):
    html = text_of(client)
    assert " style=" not in html
    assert re.findall(r"<script(?![^>]*(?:src=|application/ld\+json))", html) == []


def test_rows_stand_by_their_households_and_the_hidden_ones_are_counted_only(client, batch):
    impact = client.get(ENGLISH).context["impact"]
    assert [(bar.name, bar.households, bar.length) for bar in impact.mode_bars] == [
        ("Contract purchase", "214 households", "100.000%"),
        ("Wage work", "158 households", "73.832%"),
    ]
    assert [bar.name for bar in impact.county_bars] == ["Wuchuan County", "Qingshuihe County"]
    text = text_of(client)
    assert "2 kinds are not listed" in text
    assert "Stock in custody" not in text
    assert "Land lease" not in text


@pytest.mark.parametrize("address", [ADDRESS, ENGLISH, "/impact/2026/", "/en/impact/2026/"])
def test_a_hidden_number_is_nowhere_in_the_page(client, batch, address):
    html = text_of(client, address).replace(",", "")
    for told in ("6017", "99771", "7713", "10.0 万", "99.8", "7.7 thousand", "¥7713"):
        assert told not in html


def test_a_hidden_total_has_words_and_no_number(client):
    cell(publish_batch(), Cell.Table.ALL, "", 6017, "99771.77", is_hidden=True)
    impact = client.get(ENGLISH).context["impact"]
    assert [(figure.number, figure.unit) for figure in impact.key_figures[1:3]] == [
        ("Not shown", ""),
        ("Not shown", ""),
    ]
    assert "6017" not in text_of(client).replace(",", "")


def test_a_batch_without_any_record_shows_noughts(client):
    publish_batch()
    text = words_of(text_of(client))
    assert "0 households Households with confirmed benefit records" in text
    assert "Nothing was sold in these months." in text
    assert text.count("No record of this time has been confirmed yet.") == 2


def test_the_latest_of_three_batches_is_shown_and_the_year_before_has_its_own_page(client):
    for month, households in ((8, 100), (9, 200), (10, 300)):
        batch = publish_batch(date(2026, month, 1))
        cell(batch, Cell.Table.ALL, "", households, "5000.00")
        last = {"begins_on": date(2025, 1, 1)}
        cell(batch, Cell.Table.ALL, "", households + 7, "5000.00", **last)
    assert client.get(ADDRESS).context["impact"].figures.total.households == 300
    response = client.get("/en/impact/2025/")
    assert response.context["impact"].figures.total.households == 307
    assert response.context["impact"].period == "2025"
    assert 'rel="canonical" href="http' in response.content.decode()
    assert response.context["canonical_path"] == "/en/impact/2025/"
    assert client.get("/en/impact/2026/").context["canonical_path"] == ENGLISH
    for unknown in ("2024", "2027", "0", "99999999999999999999"):
        assert client.get(f"/impact/{unknown}/").status_code == 404


def test_a_correction_shows_with_the_batch_published_last(client, batch):
    later = publish_batch(OCTOBER, day=20)
    cell(later, Cell.Table.ALL, "", 399, "3200000.00")
    impact = client.get(ADDRESS).context["impact"]
    assert (impact.edition.number, impact.figures.total.households) == (later.number, 399)


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_costs_the_same_with_many_figures(client, count, django_assert_max_num_queries):
    batch = publish_batch()
    cell(batch, Cell.Table.ALL, "", 400, "1.00")
    codes = Mode.objects.order_by("position").values_list("code", flat=True)
    for code in codes[:count]:
        cell(batch, Cell.Table.MODE, code, 40, "1.00")
    for month in range(1, count + 1):
        for maker in CooperativeFactory.create_batch(count):
            sold(batch, maker, specialty(), date(2026, month, 1), "10.00")
    line_of(plan_of(), "2000.00")
    with django_assert_max_num_queries(8):
        response = client.get(ADDRESS)
    assert response.context["impact"].sales.producers == count * count


@pytest.mark.parametrize("is_open", [True, False])
def test_the_sales_plan_stands_below_with_its_sums_when_it_is_shown(client, sales, is_open):
    line_of(plan_of(name="倍增计划", is_open=is_open), "600000.00")
    html = text_of(client)
    assert ("倍增计划" in html) == ("¥600,000.00" in html) == is_open


def test_machines_read_a_data_set_with_its_file(client, batch):
    html = text_of(client)
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
    node = json.loads(script)["@graph"][0]
    assert (node["@type"], node["version"]) == ("Dataset", batch.number)
    assert node["distribution"]["contentUrl"].endswith("/en/impact/2026/figures.csv")


def test_the_page_stands_in_the_sitemap(client):
    text = client.get("/sitemap-impact.xml").content.decode()
    assert "/impact/</loc>" in text
    assert "/en/impact/</loc>" in text
