"""Organisers who give out booths and places at the same moment, and exhibitors who leave."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.fairs.models import Allotment, CountyQuota, Exhibitor
from marketplace.fairs.services.applying import withdraw_application
from marketplace.fairs.services.booths import allot_booth
from marketplace.fairs.services.deciding import accept_exhibitor
from marketplace.fairs.services.states import move_fair
from tests.cms.expos.desk.form_data import typed
from tests.factories.fairs import LATER, BoothFactory, ExhibitorFactory, FairFactory, ZoneFactory
from tests.factories.goods import WUCHUAN
from tests.marketplace.dashboard.conftest import somebody
from tests.marketplace.fairs.conftest import applicant_of
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MANY = 8


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def allot(by, exhibitor, booth):
    about = {"by": by, "now": LATER}
    return partial(allot_booth, exhibitor_id=exhibitor.pk, booth_id=booth.pk, **about)


def accept(by, exhibitor):
    return partial(accept_exhibitor, exhibitor_id=exhibitor.pk, by=by, now=LATER)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_many_who_want_one_booth_one_gets_it(turn):
    fair, organiser = FairFactory(), somebody("organiser")
    booth = BoothFactory(zone=ZoneFactory(fair=fair))
    exhibitors = ExhibitorFactory.create_batch(MANY, fair=fair)
    results = at_once([allot(organiser, exhibitor, booth) for exhibitor in exhibitors])
    assert kinds(results) == ["Allotment", *["BoothTaken"] * (MANY - 1)], results
    assert Allotment.objects.active().filter(booth=booth).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_exhibitor_who_is_given_many_booths_has_one(turn):
    fair, organiser = FairFactory(), somebody("organiser")
    booths = BoothFactory.create_batch(MANY, zone=ZoneFactory(fair=fair))
    exhibitor = ExhibitorFactory(fair=fair)
    results = at_once([allot(organiser, exhibitor, booth) for booth in booths])
    assert kinds(results) == ["Allotment", *["HasBooth"] * (MANY - 1)], results
    assert Allotment.objects.active().filter(exhibitor=exhibitor).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_last_place_of_a_county_goes_to_one(turn):
    fair, organiser = FairFactory(), somebody("organiser")
    CountyQuota.objects.create(fair=fair, county_id=WUCHUAN, places=2)
    exhibitors = [applicant_of(fair) for _ in range(4)]
    results = at_once([accept(organiser, exhibitor) for exhibitor in exhibitors])
    assert kinds(results) == ["Exhibitor", "Exhibitor", "QuotaTaken", "QuotaTaken"], results
    assert Exhibitor.objects.filter(state="accepted").count() == 2


@pytest.mark.parametrize("turn", ROUNDS)
def test_whoever_withdraws_while_being_accepted_ends_withdrawn(turn):
    fair, organiser = FairFactory(), somebody("organiser")
    exhibitor = applicant_of(fair)
    leave = partial(
        withdraw_application, exhibitor_id=exhibitor.pk, by=organiser, reason="", now=LATER
    )
    results = at_once([accept(organiser, exhibitor), leave])
    assert kinds(results) in (["Exhibitor", "Exhibitor"], ["Exhibitor", "StepRefused"]), results
    exhibitor.refresh_from_db()
    assert exhibitor.state == "withdrawn"


@pytest.mark.parametrize("turn", ROUNDS)
def test_whoever_withdraws_while_being_given_a_booth_has_none(turn):
    fair, organiser = FairFactory(), somebody("organiser")
    exhibitor, booth = ExhibitorFactory(fair=fair), BoothFactory(zone=ZoneFactory(fair=fair))
    leave = partial(
        withdraw_application, exhibitor_id=exhibitor.pk, by=organiser, reason="", now=LATER
    )
    results = at_once([allot(organiser, exhibitor, booth), leave])
    names = kinds(results)
    assert names in (["Allotment", "Exhibitor"], ["Exhibitor", "NotAccepted"]), results
    assert not Allotment.objects.active().exists()


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_form_of_a_fair_does_not_take_back_a_step(turn):
    """The form writes the whole fair back, as it was when it was read."""
    fair, organiser = FairFactory(), User.objects.create_superuser("root@example.com")
    edit = partial(change_name, organiser, fair)
    step = partial(move_fair, fair_id=fair.pk, to="planned", by=organiser, now=LATER)
    assert kinds(at_once([edit, step])) == ["Fair", "HttpResponseRedirect"]
    fair.refresh_from_db()
    assert (fair.state, fair.name) == ("planned", "新名字（虚构）")


def change_name(organiser, fair):
    client = Client()
    client.force_login(organiser)
    address = reverse("fairs:edit", args=[fair.pk])
    return client.post(address, typed(name="新名字（虚构）"))
