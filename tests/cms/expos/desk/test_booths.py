"""Booths: made, given, taken back."""

from datetime import timedelta

import pytest

from marketplace.fairs.models import Allotment, Booth
from tests.cms.expos.desk.conftest import desk, post, shown
from tests.factories.fairs import (
    LATER,
    AllotmentFactory,
    BoothFactory,
    ExhibitorFactory,
    ZoneFactory,
)

pytestmark = pytest.mark.django_db


def test_booths_are_made_in_a_row(client, organiser, fair):
    zone = ZoneFactory(fair=fair, code="A")
    typed = {"zone": zone.pk, "first": 1, "count": 8, "size": "9"}
    post(client, desk(fair, "booths/"), **typed)
    numbers = Booth.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"A0{number}" for number in range(1, 9)]
    answer = client.post(desk(fair, "booths/"), typed)
    assert (answer.status_code, list(answer.context["make_form"].errors)) == (422, ["first"])
    assert Booth.objects.count() == 8


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "foreign"},
        {"first": "0"},
        {"first": "x"},
        {"count": "101"},
        {"count": ""},
        {"size": "0"},
        {"size": "9.55"},
        {"size": "1e9"},
    ],
)
def test_wrong_booths_are_said_beside_the_field(client, organiser, fair, wrong):
    zones = {"zone": ZoneFactory(fair=fair, code="A").pk, "foreign": ZoneFactory().pk}
    typed = {"zone": zones["zone"], "first": 1, "count": 8, "size": "9", **wrong}
    typed["zone"] = zones.get(typed["zone"], typed["zone"])
    answer = client.post(desk(fair, "booths/"), typed)
    assert (answer.status_code, list(answer.context["make_form"].errors)) == (422, list(wrong))
    assert not Booth.objects.exists()


def test_a_booth_is_held_for_an_exhibitor_and_taken_back(client, organiser, fair):
    booth = BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A01")
    exhibitor, address = ExhibitorFactory(fair=fair), desk(fair, f"booths/{booth.pk}/")
    post(client, address, do="allot", exhibitor=exhibitor.pk, days=5)
    place = Allotment.objects.get()
    facts = (place.booth, place.exhibitor, place.held_until, place.made_by)
    assert facts == (booth, exhibitor, LATER + timedelta(days=5), organiser)
    for screen in (desk(fair, "booths/"), address):
        assert exhibitor.cooperative.short_name in shown(client.get(screen))
    refused = client.post(address, {"do": "release", "reason": ""})
    assert (refused.status_code, list(refused.context["release_form"].errors)) == (422, ["reason"])
    post(client, address, do="release", reason="改图了")
    place.refresh_from_db()
    assert (place.released_at, place.reason) == (LATER, "改图了")


def test_an_overlapping_allotment_is_refused_in_words(client, organiser, fair):
    zone = ZoneFactory(fair=fair, code="A")
    taken = AllotmentFactory(
        exhibitor=ExhibitorFactory(fair=fair), booth=BoothFactory(zone=zone, number="A01")
    )
    other = ExhibitorFactory(fair=fair)
    typed = {"do": "allot", "exhibitor": other.pk, "days": 3}
    answer = client.post(desk(fair, f"booths/{taken.booth_id}/"), typed)
    assert answer.status_code == 422
    assert taken.exhibitor.cooperative.short_name in str(answer.context["allot_form"].errors)
    free = BoothFactory(zone=zone, number="A02")
    typed["exhibitor"] = taken.exhibitor_id
    answer = client.post(desk(fair, f"booths/{free.pk}/"), typed)
    assert "A01" in str(answer.context["allot_form"].errors)
    assert Allotment.objects.get() == taken


def test_a_booth_is_changed_and_removed_while_nobody_had_it(client, organiser, fair):
    booth = BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A01")
    address = desk(fair, f"booths/{booth.pk}/")
    wrong = client.post(address, {"do": "change", "number": "B01", "size": "9"})
    assert list(wrong.context["change_form"].errors) == ["number"]
    post(client, address, do="change", number="A09", size="12.5")
    booth.refresh_from_db()
    assert (booth.number, str(booth.size)) == ("A09", "12.5")
    post(client, address, do="remove")
    assert not Booth.objects.exists()


@pytest.mark.parametrize("do", ["change", "remove", "x"])
def test_a_booth_that_somebody_has_stays_as_it_is(client, organiser, fair, do):
    place = AllotmentFactory(exhibitor=ExhibitorFactory(fair=fair))
    booth = place.booth
    typed = {"do": do, "number": f"{booth.zone.code}99", "size": "9"}
    assert client.post(desk(fair, f"booths/{booth.pk}/"), typed).status_code in (302, 422)
    assert Booth.objects.get() == booth
    assert Booth.objects.get().number == booth.number
