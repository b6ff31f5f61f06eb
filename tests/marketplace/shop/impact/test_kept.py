"""The page is kept for the next visitor until a batch is published."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.assistance.models import Batch, Cell
from catalog.assistance.services.kinds import Said
from marketplace.dashboard.kinds.services import correct_kind
from tests.factories.assistance import mode_of
from tests.factories.published import OCTOBER, cell, publish_batch
from tests.marketplace.dashboard.conftest import posted
from tests.marketplace.shop.impact.test_page import text_of

ADDRESSES = ["/impact/", "/en/impact/", "/impact/2026/", "/impact/2025/"]


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-27T12:00:30+08:00", tick=False)


@pytest.mark.django_db(transaction=True)
def test_a_page_is_kept_until_the_next_batch_is_published(client, django_assert_num_queries):
    first = publish_batch()
    cell(first, Cell.Table.ALL, "", 411, "3276000.00")
    kept = {address: text_of(client, address) for address in ADDRESSES}
    with django_assert_num_queries(0):
        assert {address: text_of(client, address) for address in ADDRESSES} == kept
    second = publish_batch(OCTOBER, state="ready", published_at=None, is_under_way=True, day=9)
    cell(second, Cell.Table.ALL, "", 433, "3276000.00")
    assert "<b>411</b>" in text_of(client)
    later = timezone.now() - timedelta(days=1)
    Batch.objects.filter(pk=second.pk).update(
        state="published", is_under_way=None, published_at=later
    )
    assert "<b>433</b>" in text_of(client)
    assert "<b>411</b>" not in text_of(client)


@pytest.mark.django_db(transaction=True)
def test_the_next_visitor_reads_the_new_name_of_a_kind_of_benefit(client):
    cell(publish_batch(), Cell.Table.MODE, "wage", 411, "3276000.00")
    wage = mode_of("wage", "务工")
    assert "务工" in text_of(client, "/impact/")
    said = {"kind": wage, "by": posted("operator", "operator"), "now": timezone.now()}
    correct_kind(**said, said=Said("就近就业", "Work near home", is_open=False))
    page = text_of(client, "/impact/")
    assert "就近就业" in page
    assert "务工" not in page
    assert "Work near home" in text_of(client, "/en/impact/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_is_the_same_for_everyone(client, batch, address):
    response = client.get(address)
    assert not response.cookies
    assert response.headers["Vary"] == "HX-Request"
    parts = set(response.headers["Cache-Control"].split(", "))
    assert parts == {"public", "max-age=0", "s-maxage=60"}
