"""Who comes in: an operator in force today, and nobody else, by any address."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.producers.models import Membership
from marketplace.accounts.models import Posting
from marketplace.outbox.models import Message
from marketplace.payment.models import Finding
from tests.factories import ProductFactory
from tests.marketplace.buying import order_for
from tests.marketplace.dashboard.conftest import BEGINNING, somebody
from tests.marketplace.dashboard.money import failed, finding, give_back, with_money
from tests.marketplace.dashboard.walking import ROWS, SEATS, World

pytestmark = pytest.mark.django_db

NOBODYS = {
    "number": "YS20261123-222222",
    "pk": 999_999_999,
    "zone": "nowhere",
    "storage": "frozen",
    "cooperative": "nobody",
    "code": "NOPE",
    "notice": 10**9,
    "county": "110108",
    "paper": 999_999_999,
    "sheet": 999_999_999,
    "decision": "nothing",
    "step": "nothing",
    "year": 1999,
    "month": 13,
    "token": "x:y:z",
    "slug": "nobody",
    "way": "nowhere",
    "position": 10**9,
    "table": "nothing",
}
NAMED = [name for name, row in ROWS.items() if row.names]


@pytest.mark.parametrize(
    ("begins", "ends", "status"),
    [(0, None, 200), (-9, 0, 200), (1, None, 403), (-9, -1, 403)],
)
def test_the_right_begins_and_ends_with_the_posting(client, begins, ends, status):
    today, user = timezone.localdate(), somebody("once")
    Posting.objects.create(
        user=user,
        role="operator",
        begins_on=today + timedelta(days=begins),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    client.force_login(user)
    assert client.get("/dashboard/").status_code == status


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("language", ["", "/en"])
def test_what_is_not_there_is_not_found_and_nothing_is_kept_by_a_cache(office, name, language):
    path = reverse(f"backoffice:{name}", kwargs={word: NOBODYS[word] for word in ROWS[name].names})
    response = office.get(f"{language}{path}")
    if response.status_code == 405:
        response = office.post(f"{language}{path}")
    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("tail", ["%00", "..%2f", "订单", "x" * 5000, "YS'--", "<b>"])
def test_strange_numbers_are_not_found(office, tail):
    assert office.get(f"/dashboard/orders/{tail}/").status_code == 404


def test_the_account_page_leads_the_operator_in(office):
    assert 'href="/dashboard/"' in office.get("/account/").content.decode()


@pytest.mark.parametrize("seat", ["owner", "clerk", "accountant", "county"])
def test_with_one_desk_one_is_led_to_it(client, seat):
    client.force_login(SEATS[seat](World()))
    assert 'href="/dashboard/"' in client.get("/account/").content.decode()
    assert client.get("/dashboard/").status_code == 302
    assert client.get("/dashboard/", follow=True).status_code == 200


def test_with_several_desks_one_chooses(client):
    world = World()
    user = SEATS["county"](world)
    for cooperative in (world.ours, world.theirs):
        Membership.objects.create(
            user=user, cooperative=cooperative, role="clerk", begins_on=BEGINNING
        )
    client.force_login(user)
    page = client.get("/dashboard/").content.decode()
    addresses = ["county/150125", f"c/{world.ours.slug}", f"c/{world.theirs.slug}"]
    assert [f'href="/dashboard/{one}/"' in page for one in addresses] == [True] * 3
    assert "<span>后台</span>" in page


def test_the_account_page_leads_nobody_else_in(client, outsider):
    client.force_login(outsider)
    assert "/dashboard/" not in client.get("/account/").content.decode()


def test_the_first_page_leads_to_every_room(office):
    page = office.get("/dashboard/").content.decode()
    for name in ("orders", "payments", "messages", "delivery", "offers", "stock"):
        assert f'href="{reverse(f"backoffice:{name}")}"' in page


def test_on_the_phone_every_room_is_reached_from_the_bar(office):
    bar = office.get("/dashboard/stock/").content.decode().partition('class="tabbar"')[2]
    for name in ("orders", "payments", "payouts"):
        assert f'href="/dashboard/{name}/"' in bar
    assert bar.count("tabbar__item") == 5
    assert 'href="/dashboard/#rooms" aria-current="true"' in bar


def test_the_first_page_counts_what_waits_for_a_decision_once(office):
    failed(give_back(with_money()))
    finding("unknown_money", "pi_1")
    finding("ledger", "YS1")
    Finding.objects.create(
        kind="no_money", subject="x", found_at=timezone.now(), closed_at=timezone.now()
    )
    Message.objects.create(event="a", recipient="a@example.com", last_error="x")
    page = office.get("/en/dashboard/").content.decode()
    counts = re.findall(r'door__name">([^<]+) <span class="door__count number">(\d+)<', page)
    assert counts == [
        ("Refunds failed", "1"),
        ("Money to look into", "2"),
        ("Messages not got through", "1"),
    ]
    assert 'href="/en/dashboard/messages/?state=stuck"' in page


def test_the_first_page_says_when_nothing_waits(office):
    assert "The money tallies" in office.get("/en/dashboard/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_costs_the_same_for_any_number_of_orders(
    office, count, django_assert_max_num_queries
):
    for number in range(count):
        order_for(ProductFactory())
        finding("unknown_money", f"pi_{number}")
        Message.objects.create(event=f"{number}", recipient="a@example.com", last_error="x")
    office.get("/dashboard/")
    with django_assert_max_num_queries(15):
        office.get("/dashboard/")
