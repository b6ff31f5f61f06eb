import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from catalog.producers.models import Membership
from marketplace.accounts.models import Posting, User
from marketplace.demo.services.people import load_people

EMAILS = {
    f"{name}@example.com"
    for name in (
        "consumer", "cooperative", "cooperative2", "county", "organiser", "editor", "approver",
        "operator",
    )
}  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_the_eight_accounts_sign_in_with_the_known_password():
    users = User.objects.filter(email__in=EMAILS)
    assert users.count() == 8
    assert all(user.check_password("yinshan-demo-2026") for user in users)
    assert EmailAddress.objects.filter(email__in=EMAILS, verified=True, primary=True).count() == 8


def test_nobody_is_superuser():
    assert not User.objects.filter(is_superuser=True).exists()


def test_each_acts_for_its_cooperative_county_or_group():
    members = Membership.objects.values_list("user__email", "cooperative__slug")
    assert set(members) == {
        ("cooperative@example.com", "yunmaiduo"),
        ("cooperative2@example.com", "qingyanpo"),
    }
    postings = Posting.objects.values_list("user__email", "role", "region")
    assert set(postings) == {
        ("county@example.com", "county_confirmer", "150125"),
        ("organiser@example.com", "organiser", None),
        ("operator@example.com", "operator", None),
        ("operator2@example.com", "operator", None),
    }
    groups = User.objects.filter(groups__isnull=False).values_list("email", "groups__name")
    assert set(groups) == {
        ("organiser@example.com", "主办"),
        ("editor@example.com", "编辑"),
        ("approver@example.com", "审稿人"),
    }


def test_a_changed_password_stays():
    user = User.objects.get(email="consumer@example.com")
    user.set_password("something-else-2026")
    user.save()
    load_people(day=timezone.localdate())
    user.refresh_from_db()
    assert user.check_password("something-else-2026")
