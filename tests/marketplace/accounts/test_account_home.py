from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.producers.models import Membership
from marketplace.accounts.models import Posting, User
from marketplace.accounts.roles import roles_of
from tests.factories import CooperativeFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def user():
    return User.objects.create_user("wang@example.com", "x", last_name="王", first_name="芳")


@pytest.mark.parametrize(
    ("path", "login"), [("/account/", "/account/login/"), ("/en/account/", "/en/account/login/")]
)
def test_whoever_is_not_signed_in_signs_in_first(client, path, login):
    assert client.get(path).headers["Location"] == f"{login}?next={path}"


def test_the_page_says_who_one_is(client, user):
    client.force_login(user)
    response = client.get("/account/")
    html = response.content.decode()
    assert "王芳" in html
    assert "wang@example.com" in html
    assert "no-store" in response.headers["Cache-Control"]


def test_roles_are_said_in_words(user):
    Posting.objects.create(user=user, role="county_confirmer", region_id="150125", begins_on=TODAY)
    cooperative = CooperativeFactory(short_name="云麦垛（虚构）")
    Membership.objects.create(user=user, cooperative=cooperative, role="owner", begins_on=TODAY)
    assert roles_of(user, TODAY) == ["武川县 · 旗县确认人", "云麦垛（虚构） · 负责人"]


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(0, None, True), (0, 0, True), (1, None, False), (-9, -1, False), (-9, 0, True)],
)
def test_a_role_counts_from_its_first_day_to_its_last(user, begins, ends, holds):
    Posting.objects.create(
        user=user,
        role="operator",
        begins_on=TODAY + timedelta(days=begins),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )
    assert bool(roles_of(user, TODAY)) is holds


def test_roles_stand_on_the_page(client, user):
    Posting.objects.create(user=user, role="operator", begins_on=timezone.localdate())
    client.force_login(user)
    assert "平台运营" in client.get("/account/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_roles(
    client, user, count, django_assert_max_num_queries
):
    for _ in range(count):
        Posting.objects.create(
            user=user, role="county_confirmer", region_id="150125", begins_on=TODAY
        )
        Membership.objects.create(
            user=user, cooperative=CooperativeFactory(), role="clerk", begins_on=TODAY
        )
    client.force_login(user)
    client.get("/account/")
    with django_assert_max_num_queries(5):
        client.get("/account/")


def test_an_empty_contact_is_stored_as_none(user):
    user.phone = ""
    user.save()
    user.refresh_from_db()
    assert user.phone is None
