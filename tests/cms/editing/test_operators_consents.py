"""Operators look after consents of persons in the admin, as long as their post lasts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.images.models import PictureConsent
from marketplace.accounts.models import Posting
from tests.factories.consents import new_consent
from tests.marketplace.dashboard.conftest import posted

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_images_pictureconsent:list"


@pytest.fixture
def consent(db):
    return new_consent()


@pytest.fixture
def office():
    client = Client()
    client.force_login(posted("operator", "operator"))
    return client


def test_the_desk_leads_an_operator_to_consents_and_one_is_withdrawn(office, consent):
    assert reverse(LIST) in office.get("/dashboard/").content.decode()
    page = office.get(reverse(LIST)).content.decode()
    assert consent.person in page
    one = reverse("wagtailsnippets_images_pictureconsent:edit", args=[consent.pk])
    withdraw = reverse("consent_withdraw", args=[consent.pk])
    assert withdraw in office.get(one).content.decode()
    assert office.get(reverse("consent_sheet", args=[consent.pk])).status_code == 200
    office.post(withdraw)
    consent.refresh_from_db()
    assert consent.withdrawn_on == timezone.localdate()


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtailadmin_explore_root"])
def test_nothing_else_of_the_admin_is_theirs(office, home, name):
    page = office.get(reverse(name), follow=True)
    assert home.title not in page.content.decode()
    assert page.redirect_chain


def test_they_enter_no_new_consent(office):
    office.post(reverse("wagtailsnippets_images_pictureconsent:add"), {"person": "王大娘"})
    assert not PictureConsent.objects.exists()


@pytest.mark.parametrize("who", ["ended", "consumer", "county_confirmer"])
def test_nobody_else_sees_or_withdraws_them(client, consent, who):
    user = posted("somebody", "county_confirmer" if who == "county_confirmer" else "operator",
                  "150125" if who == "county_confirmer" else None)  # fmt: skip
    if who == "ended":
        day = timezone.localdate() - timedelta(days=1)
        Posting.objects.filter(user=user).update(ends_on=day)
    if who == "consumer":
        user.postings.all().delete()
    client.force_login(user)
    for name, args in ((LIST, []), ("consent_sheet", [consent.pk])):
        answer = client.get(reverse(name, args=args))
        assert (answer.status_code, consent.person in answer.content.decode()) != (200, True)
    client.post(reverse("consent_withdraw", args=[consent.pk]))
    consent.refresh_from_db()
    assert consent.withdrawn_on is None
