"""What a producer has paid, on its own page and beside its goods."""

from datetime import date

import pytest

from catalog.assistance.models import Batch, Cell
from catalog.assistance.published import read_cooperative
from catalog.producers.models import Cooperative
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.published import OCTOBER, cell, of_quarter, publish_batch
from tests.marketplace.shop.impact.test_page import text_of, words_of

pytestmark = pytest.mark.django_db
AUTUMN, LAST_YEAR = date(2026, 10, 1), date(2025, 1, 1)


@pytest.fixture
def maker(db) -> Cooperative:
    return CooperativeFactory(slug="beipo")


def of_year(batch: Batch, maker: Cooperative, households: int, amount: str, **values) -> Cell:
    return cell(batch, Cell.Table.COOPERATIVE, str(maker.pk), households, amount, **values)


def pages_of(maker: Cooperative) -> list[str]:
    return [ProductFactory(cooperative=maker).get_absolute_url(), maker.get_absolute_url()]


def test_a_good_tells_what_its_producer_paid_in_the_last_whole_quarter(client, maker):
    batch = publish_batch()
    of_quarter(batch, maker, 23, "123000.00")
    of_quarter(batch, maker, 7, "9000.00", begins_on=AUTUMN)
    of_year(batch, maker, 41, "400000.00")
    address = ProductFactory(cooperative=maker).get_absolute_url()
    text = words_of(text_of(client, f"/en{address}"))
    assert "Q3 2026: ¥123,000 paid to 23 households as of 5 November 2026" in text
    assert 'href="/en/impact/#how"' in text_of(client, f"/en{address}")
    chinese = text_of(client, address)
    assert "2026年第三季度" in chinese
    assert "12.3 万元" in chinese


def test_a_hidden_quarter_gives_way_to_the_year_before(client, maker):
    batch = publish_batch()
    of_quarter(batch, maker, 6017, "99771.77", is_hidden=True)
    of_year(batch, maker, 41, "400000.00", begins_on=LAST_YEAR)
    address = ProductFactory(cooperative=maker).get_absolute_url()
    text = text_of(client, f"/en{address}")
    assert "2025: ¥400,000 paid to 41 households" in words_of(text)
    for told in ("6017", "99771", "99.8"):
        assert told not in text.replace(",", "")


def test_where_all_is_hidden_a_good_says_nothing_and_the_producers_page_says_so(client, maker):
    batch = publish_batch()
    of_quarter(batch, maker, 6017, "99771.77", is_hidden=True)
    of_year(batch, maker, 6018, "99772.77", is_hidden=True, begins_on=LAST_YEAR)
    good, page = pages_of(maker)
    assert "paid-figure" not in text_of(client, f"/en{good}")
    text = text_of(client, f"/en{page}")
    assert "Q3 2026 Not shown 2025 Not shown" in words_of(text)
    for told in ("6017", "6018", "9977", "99.8"):
        assert told not in text.replace(",", "")


def test_a_producer_shows_what_is_over_quarters_of_this_year_and_the_year_before(client, maker):
    """What still runs would tell, by the next batch, what a single month brought."""
    batch = publish_batch()
    of_quarter(batch, maker, 23, "123000.00")
    of_quarter(batch, maker, 7, "9000.00", begins_on=AUTUMN)
    of_quarter(batch, maker, 9, "8000.00", begins_on=date(2025, 10, 1))
    of_year(batch, maker, 41, "400000.00")
    of_year(batch, maker, 30, "300000.00", begins_on=LAST_YEAR)
    text = words_of(text_of(client, f"/en{maker.get_absolute_url()}"))
    table = text[text.index("What households were paid") : text.index("By records that")]
    assert table.strip() == (
        "What households were paid Period Households Paid to them"
        " Q3 2026 23 households ¥123,000"
        " 2025 30 households ¥300,000"
    )


def test_another_producer_and_one_without_records_show_nothing(client, maker):
    of_quarter(publish_batch(), CooperativeFactory(), 23, "123000.00")
    good, page = pages_of(maker)
    assert "paid-figure" not in text_of(client, good)
    assert 'id="paid"' not in text_of(client, page)


def test_a_correction_shows_with_the_next_batch(maker):
    of_quarter(publish_batch(), maker, 23, "123000.00")
    of_quarter(publish_batch(OCTOBER, day=20), maker, 22, "120000.00")
    assert read_cooperative(maker.pk).latest.households == 22


def test_in_spring_the_last_quarter_of_the_year_before_is_told(maker):
    batch = publish_batch(date(2026, 2, 1))
    of_quarter(batch, maker, 9, "8000.00", begins_on=date(2025, 10, 1))
    of_quarter(batch, maker, 7, "9000.00", begins_on=date(2026, 1, 1))
    latest = read_cooperative(maker.pk).latest
    assert (latest.begins_on, latest.households) == (date(2025, 10, 1), 9)


def test_the_figures_of_a_producer_cost_one_query(maker, django_assert_num_queries):
    batch = publish_batch()
    for month in (1, 4, 7):
        of_quarter(batch, maker, 23, "1.00", begins_on=date(2026, month, 1))
    with django_assert_num_queries(1):
        assert len(read_cooperative(maker.pk).quarters) == 3
