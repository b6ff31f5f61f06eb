"""What a fair's page says of households: the whole market's figure, for a fair has none."""

from datetime import date

import pytest

from catalog.assistance.models import Cell
from tests.cms.expos.test_fair_page import ADDRESS, html_of
from tests.factories.published import cell, publish_batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ten_days_before")]


def test_page_shows_what_the_whole_market_paid_and_where_it_is_explained(client, fair_page):
    batch = publish_batch()
    cell(batch, Cell.Table.ALL, "", 411, "3276000.00")
    cell(batch, Cell.Table.ALL, "", 300, "9.00", begins_on=date(2025, 1, 1))
    html = html_of(client)
    assert "<b>411</b>" in html
    assert "327.6 万元" in html
    assert 'href="/impact/#how"' in html


def test_page_says_nothing_while_the_figure_is_hidden_or_nought(client, fair_page):
    assert "fair-paid" not in html_of(client)
    batch = publish_batch()
    assert "fair-paid" not in html_of(client)
    cell(batch, Cell.Table.ALL, "", 6017083, "99771.77", is_hidden=True)
    html = html_of(client).replace(",", "")
    assert "fair-paid" not in html
    assert "6017083" not in html


def test_list_of_exhibitors_does_not_read_it(client, fair_page):
    cell(publish_batch(), Cell.Table.ALL, "", 411, "3276000.00")
    assert "fair-paid" not in html_of(client, f"{ADDRESS}exhibitors/")
