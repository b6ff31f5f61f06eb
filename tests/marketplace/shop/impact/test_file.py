"""The figures as a file: what the page shows, each row able to stand alone."""

import csv
from io import StringIO

import pytest

pytestmark = pytest.mark.django_db
ADDRESS = "/en/impact/2026/figures.csv"


def rows_of(client, address=ADDRESS) -> list[list[str]]:
    return list(csv.reader(StringIO(client.get(address).content.decode("utf-8-sig"))))


def test_the_file_holds_what_the_page_shows_and_how_each_number_is_meant(client, sales):
    heads, *rows = rows_of(client)
    assert len(heads) == 8
    assert {(row[6], row[7]) for row in rows} == {("2026-11-05", sales.number)}
    assert all(row[5] for row in rows)
    said = [tuple(row[:5]) for row in rows]
    period = "January–October 2026"
    assert said[:4] == [
        ("The year so far", "All", period, "151000.00", "yuan"),
        ("The year so far", "All", period, "406", "households"),
        ("The year so far", "All", period, "3276000.00", "yuan"),
        ("The year so far", "All", period, "2", "producers"),
    ]
    assert ("Sales by month", "Oat", "2026-09", "38000.00", "yuan") in said
    assert ("Sales by month", "Neighbours", "2026-10", "8000.00", "yuan") in said
    assert said[-9:] == [
        ("By kind of benefit", "Contract purchase", period, "214", "households"),
        ("By kind of benefit", "Contract purchase", period, "1636000.00", "yuan"),
        ("By kind of benefit", "Wage work", period, "158", "households"),
        ("By kind of benefit", "Wage work", period, "847000.00", "yuan"),
        ("By kind of benefit", "2 more", period, "Not shown", ""),
        ("By county", "Wuchuan County", period, "300", "households"),
        ("By county", "Wuchuan County", period, "2000000.00", "yuan"),
        ("By county", "Qingshuihe County", period, "106", "households"),
        ("By county", "Qingshuihe County", period, "1276000.00", "yuan"),
    ]


@pytest.mark.parametrize("address", [ADDRESS, "/impact/2026/figures.csv"])
def test_a_hidden_number_is_nowhere_in_the_file(client, sales, address):
    text = client.get(address).content.decode()
    for told in ("6017", "99771", "7713", "Stock in custody", "托养"):
        assert told not in text


def test_the_file_is_one_to_keep_and_belongs_to_nobody(client, sales):
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = f'attachment; filename="yinshanji-2026-{sales.number}.csv"'
    assert answer.headers["Content-Disposition"] == name
    assert not answer.cookies
    parts = set(answer.headers["Cache-Control"].split(", "))
    assert parts == {"public", "max-age=0", "s-maxage=60"}
