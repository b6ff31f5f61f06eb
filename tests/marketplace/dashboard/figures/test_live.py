"""The page of live figures: the operator's of all counties, a county's of its own."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from catalog.assistance.models import Record
from tests.factories import CooperativeFactory
from tests.factories.figures import agreement, counter, households, record
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN
from tests.factories.published import cell, publish_batch
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import posted

pytestmark = pytest.mark.django_db
ALL = "/en/dashboard/figures/live/"
OURS = f"/en/dashboard/county/{WUCHUAN}/figures/"
THEIRS = f"/en/dashboard/county/{QINGSHUIHE}/figures/"


def desk(name: str, *post: str) -> Client:
    client = Client()
    client.force_login(posted(name, *post))
    return client


@pytest.fixture
def county(db) -> Client:
    return desk("wuchuan", "county_confirmer", WUCHUAN)


@pytest.fixture
def paid():
    """In two counties, 12 households; a countered one, one of the year before, two that wait."""
    maker = CooperativeFactory(short_name="北坡", short_name_en="Beipo")
    away = CooperativeFactory(
        county_id=QINGSHUIHE, township_id=HONGHE, short_name="清水", short_name_en="Qingshui"
    )
    ours, theirs = agreement(maker), agreement(away, "wages")
    people = households(9)
    record(ours, people[:3], "1300.50", date(2026, 10, 3))
    record(ours, people[2:], "200.00", date(2026, 11, 20))
    record(theirs, households(3, QINGSHUIHE), "77.00", date(2026, 9, 1))
    wrong = record(ours, people, "5000.00", date(2026, 8, 1))
    counter(wrong, NOW - timedelta(days=1))
    record(ours, people[:1], "11.00", date(2025, 8, 1))
    put_back(record(ours, people[:4], "44.00", date(2026, 11, 1)))
    put_back(record(theirs, people[:4], "55.00", date(2026, 11, 1)))
    back = counter(record(ours, people[:1], "66.00", date(2026, 7, 1)), NOW)
    put_back(back)
    Record.objects.filter(counter=back).update(is_countered=False)


def put_back(made: Record) -> None:
    Record.objects.filter(pk=made.pk).update(state="submitted", confirmed_at=None)


def read(client: Client, path: str, **params) -> str:
    response = client.get(path, params)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return re.sub(r"\s+", " ", response.content.decode())


def rows(page: str) -> dict[str, tuple[str, ...]]:
    """By what stands at its beginning: payments, households, amount."""
    row = re.compile(
        r'<tr> <th scope="row"[^>]*>([^<]+)</th> <td class="bars__room">.*?</td> '
        r'<td class="muted">([^<]+)</td> <td>([^<]+)</td> <td class="muted">([^<]+)</td> </tr>'
    )
    return {name: tuple(rest) for name, *rest in row.findall(page)}


def sums(page: str) -> list[str]:
    return re.findall(r"<dd>(.*?)</dd>", page)


def test_the_operator_sees_all_counties_as_of_now(office, paid):
    page = read(office, ALL)
    assert sums(page)[:3] == ["4", "12", "¥1,643.50"]
    found = rows(page)
    assert found["Oct"] == ("1 payment", "3 households", "¥1,300.50")
    assert found["Nov, not over"] == ("1 payment", "7 households", "¥200.00")
    assert found["Aug"] == ("0 payments", "0 households", "¥0.00")
    assert "Dec" not in found
    assert found["wages"] == found["Qingshui"] == ("1 payment", "3 households", "¥77.00")
    assert found["Beipo"] == ("3 payments", "9 households", "¥1,566.50")
    assert "Qingshuihe" in " ".join(found)
    assert "For the staff alone" in page
    assert "do not pass them on" in page
    for words in ("2 payments wait to be confirmed: ¥99.00", "1 counter-record waits: −¥66.00"):
        assert words in page
    assert 'href="/en/dashboard/records/?state=submitted"' in page


def test_a_county_sees_its_own_alone(county, paid):
    page = read(county, OURS)
    assert sums(page)[:3] == ["3", "9", "¥1,566.50"]
    assert "Qingshui" not in page
    assert "77.00" not in page
    assert "By county" not in page
    assert "1 payment waits to be confirmed: ¥44.00" in page
    assert f'href="/en/dashboard/county/{WUCHUAN}/records/"' in page


def test_nobody_else_sees_them(county, office, outsider):
    assert county.get(THEIRS).status_code == 404
    assert office.get(OURS).status_code == 404
    assert county.get(ALL).status_code == 403
    client = Client()
    client.force_login(outsider)
    assert [client.get(path).status_code for path in (ALL, OURS)] == [403, 404]


def test_another_year_is_chosen_and_one_without_records_is_said_beside_the_field(office, paid):
    page = read(office, ALL, year="2025")
    assert sums(page)[:3] == ["1", "1", "¥11.00"]
    assert list(rows(page))[:12][-1] == "Dec"
    assert "not over" not in page
    for wrong in ("1999", "mars", "2025-01"):
        page = read(office, ALL, year=wrong)
        assert "Choose one of these years." in page.partition("field--wrong")[2]
        assert sums(page)[:3] == ["4", "12", "¥1,643.50"]


def test_before_any_record_the_page_says_so(office, county):
    for client, path in ((office, ALL), (county, OURS)):
        page = read(client, path)
        assert "Nothing confirmed of 2026" in page
        assert "Nothing waits to be confirmed." in page
        assert sums(page) == ["0", "0", "¥0.00", "Nothing yet"]
        assert not rows(page)


def test_what_was_published_last_stands_beside_the_sum_as_everybody_sees_it(office, county, paid):
    batch = publish_batch(day=6)
    cell(batch, "all", "", 9, "1300.00")
    cell(batch, "county", WUCHUAN, 4, "987654.00", is_hidden=True)
    page = read(office, ALL)
    assert sums(page)[3] == "9 households · ¥1,300.00"
    assert "Published last, as of 5 November 2026" in page
    assert f"Batch {batch.number} counts January–October 2026." in page
    page = read(county, OURS)
    assert sums(page)[3] == "Not shown"
    assert "987,654" not in page
    Record.objects.filter(paid_on__year=2025).update(paid_on=date(2023, 8, 1))
    assert sums(read(office, ALL, year="2023"))[3] == "Not of this year"


def test_doors_lead_to_them(office, county):
    assert f'href="{ALL}"' in read(office, "/en/dashboard/figures/")
    assert f'href="{OURS}"' in read(county, f"/en/dashboard/county/{WUCHUAN}/")


@pytest.mark.parametrize("count", [1, 15])
def test_the_page_costs_the_same_for_any_length(
    office, county, count, django_assert_max_num_queries
):
    for number in range(count):
        paid = agreement(CooperativeFactory(), f"mode{number}")
        record(paid, households(2), Decimal(number + 1), date(2026, 1 + number % 10, 3))
    publish_batch()
    for client, path in ((office, ALL), (county, OURS)):
        read(client, path)
        with django_assert_max_num_queries(28):
            assert rows(read(client, path))["mode0"] == ("1 payment", "2 households", "¥1.00")
