"""Booths: one exhibitor each, one for each exhibitor, and holds that end by themselves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from marketplace.fairs.models import Allotment, Booth, Exhibitor, Fair
from marketplace.fairs.refusals import (
    BoothHasHistory,
    BoothInUse,
    BoothTaken,
    FairOver,
    HasBooth,
    HoldOver,
    NotAccepted,
    NumbersTaken,
    NumbersTooHigh,
    ReasonMissing,
)
from marketplace.fairs.services.booths import (
    allot_booth,
    change_booth,
    confirm_booth,
    give_booth_back,
    make_booths,
    release_booth,
    release_expired,
    remove_booth,
)
from marketplace.outbox.models import Message
from tests.factories.fairs import (
    LATER,
    MADE,
    AllotmentFactory,
    BoothFactory,
    ExhibitorFactory,
    ZoneFactory,
)
from tests.marketplace.fairs.conftest import seller_of

pytestmark = pytest.mark.django_db
SIZE = Decimal("9.0")
PAST = LATER + timedelta(days=3)


@pytest.fixture
def zone(fair):
    return ZoneFactory(fair=fair, code="A")


@pytest.fixture
def booth(zone):
    return BoothFactory(zone=zone, number="A01")


@pytest.fixture
def exhibitor(fair):
    return ExhibitorFactory(fair=fair)


def allot(exhibitor, booth, organiser, now=LATER):
    about = {"booth_id": booth.pk, "by": organiser, "now": now}
    return allot_booth(exhibitor_id=exhibitor.pk, **about)


def refused(why, call):
    before = list(Allotment.objects.order_by("pk").values()), list(Booth.objects.values())
    with pytest.raises(why) as caught:
        call()
    assert caught.value.words
    after = list(Allotment.objects.order_by("pk").values()), list(Booth.objects.values())
    assert after == before


def test_booths_are_made_in_a_row_and_none_twice(zone):
    make_booths(zone=zone, first=1, count=8, size=SIZE)
    numbers = zone.booths.order_by("number").values_list("number", "size")
    assert list(numbers) == [(f"A0{number}", SIZE) for number in range(1, 9)]
    refused(NumbersTaken, lambda: make_booths(zone=zone, first=8, count=2, size=SIZE))
    refused(NumbersTooHigh, lambda: make_booths(zone=zone, first=999, count=2, size=SIZE))


def test_a_booth_that_nobody_has_is_renamed_resized_and_removed(booth, zone):
    BoothFactory(zone=zone, number="A02")
    about = {"booth_id": booth.pk, "now": LATER}
    refused(NumbersTaken, lambda: change_booth(number="A02", size=SIZE, **about))
    change_booth(number="A12", size=Decimal("18.0"), **about)
    booth.refresh_from_db()
    assert (booth.number, booth.size) == ("A12", Decimal("18.0"))
    remove_booth(**about)
    assert not Booth.objects.filter(pk=booth.pk).exists()


def test_a_booth_that_somebody_has_or_had_stays(booth, exhibitor, organiser):
    place = allot(exhibitor, booth, organiser)
    about = {"booth_id": booth.pk, "now": LATER}
    refused(BoothInUse, lambda: remove_booth(**about))
    refused(BoothInUse, lambda: change_booth(number="A09", size=SIZE, **about))
    give_booth_back(allotment_id=place.pk, now=LATER)
    refused(BoothHasHistory, lambda: remove_booth(**about))


def test_a_booth_is_held_for_three_days_and_its_exhibitor_is_told(booth, exhibitor, organiser):
    seller_of(exhibitor.cooperative)
    place = allot(exhibitor, booth, organiser)
    facts = (place.held_until, place.made_by, place.confirmed_at)
    assert facts == (LATER + timedelta(days=3), organiser, None)
    message = Message.objects.get()
    assert (message.event, message.recipient) == (f"booth_held:{place.pk}", "seller@example.com")
    assert "A01" in message.subject


def test_a_booth_is_given_once_and_an_exhibitor_has_one(booth, exhibitor, zone, organiser):
    allot(exhibitor, booth, organiser)
    other = ExhibitorFactory(fair=zone.fair)
    free = BoothFactory(zone=zone, number="A02")
    refused(BoothTaken, lambda: allot(other, booth, organiser))
    refused(HasBooth, lambda: allot(exhibitor, free, organiser))
    assert not Message.objects.exists()


@pytest.mark.parametrize("state", ["applied", "reserve", "declined", "withdrawn"])
def test_only_the_accepted_get_a_booth(fair, booth, organiser, state):
    exhibitor = ExhibitorFactory(fair=fair, state=state, reason="x")
    refused(NotAccepted, lambda: allot(exhibitor, booth, organiser))


def test_a_booth_of_another_fair_is_not_given(exhibitor, organiser):
    refused_booth = BoothFactory()
    with pytest.raises(Booth.DoesNotExist):
        allot(exhibitor, refused_booth, organiser)
    assert not Allotment.objects.exists()


def test_a_hold_past_its_time_is_in_nobodys_way(booth, exhibitor, fair, organiser):
    seller_of(exhibitor.cooperative)
    first = allot(exhibitor, booth, organiser)
    other = ExhibitorFactory(fair=fair)
    refused(BoothTaken, lambda: allot(other, booth, organiser, PAST - timedelta(seconds=1)))
    refused(HoldOver, lambda: confirm_booth(allotment_id=first.pk, now=PAST))
    second = allot(other, booth, organiser, PAST)
    first.refresh_from_db()
    assert (first.released_at, second.released_at) == (PAST, None)
    assert Message.objects.filter(event=f"booth_released:{first.pk}").count() == 1


def test_holds_that_ran_out_are_released_once_and_confirmed_ones_stay(booth, exhibitor, organiser):
    held = allot(exhibitor, booth, organiser)
    kept = AllotmentFactory()
    assert release_expired(now=PAST - timedelta(seconds=1)) == 0
    assert release_expired(now=PAST) == 1
    assert release_expired(now=PAST) == 0
    held.refresh_from_db()
    kept.refresh_from_db()
    assert (held.released_at, kept.released_at) == (PAST, None)


def test_why_a_hold_ran_out_is_read_in_the_readers_language(booth, exhibitor, organiser):
    seller_of(exhibitor.cooperative)
    place = allot(exhibitor, booth, organiser)
    with override("en"):
        release_expired(now=PAST)
    place.refresh_from_db()
    assert place.reason == Allotment.Ending.NOT_CONFIRMED
    with override("en"):
        assert place.why == "It was not confirmed in time."
    with override("zh-hans"):
        assert place.why == "没有按时确认。"
    assert "没有按时确认。" in Message.objects.get(event=f"booth_released:{place.pk}").body


def test_what_the_organiser_wrote_is_read_as_it_was_written(booth, exhibitor, organiser):
    place = allot(exhibitor, booth, organiser)
    assert release_booth(allotment_id=place.pk, reason="改图了", now=LATER).why == "改图了"


def test_a_booth_given_back_says_so(booth, exhibitor, organiser):
    place = allot(exhibitor, booth, organiser)
    given = give_booth_back(allotment_id=place.pk, now=LATER)
    assert given.reason == Allotment.Ending.GIVEN_BACK


def test_a_booth_is_confirmed_once_and_then_has_no_end(booth, exhibitor, organiser):
    place = allot(exhibitor, booth, organiser)
    for hours in (1, 2):
        confirm_booth(allotment_id=place.pk, now=LATER + timedelta(hours=hours))
    place.refresh_from_db()
    assert place.confirmed_at == LATER + timedelta(hours=1)
    assert release_expired(now=PAST) == 0


def test_a_booth_that_is_taken_back_is_free_and_says_why(booth, exhibitor, fair, organiser):
    seller_of(exhibitor.cooperative)
    place = AllotmentFactory(exhibitor=exhibitor, booth=booth)
    about = {"allotment_id": place.pk, "now": LATER}
    refused(ReasonMissing, lambda: release_booth(reason=" ", **about))
    release_booth(reason="消防通道改了", **about)
    refused(HoldOver, lambda: release_booth(reason="再来一次", **about))
    assert "消防通道改了" in Message.objects.get().body
    assert allot(ExhibitorFactory(fair=fair), booth, organiser).booth == booth


@pytest.mark.parametrize("state", ["closed", "reported"])
def test_after_the_fair_booths_stay_whose_they_were(exhibitor, fair, organiser, state):
    kept = AllotmentFactory(exhibitor=exhibitor)
    held = AllotmentFactory(exhibitor=ExhibitorFactory(fair=fair), confirmed_at=None)
    seller_of(held.exhibitor.cooperative)
    Fair.objects.filter(pk=fair.pk).update(state=state)
    refused(FairOver, lambda: give_booth_back(allotment_id=kept.pk, now=LATER))
    refused(FairOver, lambda: release_booth(allotment_id=kept.pk, reason="x", now=LATER))
    refused(FairOver, lambda: confirm_booth(allotment_id=held.pk, now=MADE))
    assert release_expired(now=PAST) == 0
    assert not Message.objects.exists()


def test_who_has_only_a_hold_past_its_time_is_to_be_placed(booth, exhibitor, fair, organiser):
    allot(exhibitor, booth, organiser)
    rows = Exhibitor.objects.filter(fair=fair)
    assert not rows.to_be_placed(PAST - timedelta(seconds=1))
    assert list(rows.to_be_placed(PAST)) == [exhibitor]


def test_a_booth_that_is_given_back_is_free(booth, exhibitor, organiser):
    place = allot(exhibitor, booth, organiser)
    for hours in (1, 2):
        give_booth_back(allotment_id=place.pk, now=LATER + timedelta(hours=hours))
    place.refresh_from_db()
    assert place.released_at == LATER + timedelta(hours=1)
