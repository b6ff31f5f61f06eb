import pytest
from django.utils import timezone

from marketplace.fairs.models import Allotment, CheckIn, Exhibitor, Fair, Seat, Ticket
from marketplace.fairs.phases import Phase, phase_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def at_noon():
    return timezone.localtime().replace(hour=12, minute=0)


def test_one_fair_comes_one_is_on_and_one_was():
    phases = [phase_of(fair, at_noon()) for fair in Fair.objects.order_by("begins_on")]
    assert phases == [Phase.OVER, Phase.TODAY, Phase.COMING]


def test_every_exhibitor_stands_at_a_booth_of_its_fair_with_goods_of_its_own():
    for allotment in Allotment.objects.select_related("booth", "exhibitor"):
        assert allotment.booth.fair_id == allotment.exhibitor.fair_id == allotment.fair_id
    for exhibitor in Exhibitor.objects.prefetch_related("goods__product"):
        owners = {row.product.cooperative_id for row in exhibitor.goods.all()}
        assert owners == {exhibitor.cooperative_id}


def test_every_exhibitor_was_scored_by_two_before_it_was_decided():
    for exhibitor in Exhibitor.objects.prefetch_related("reviews", "steps"):
        decided = max(step.at for step in exhibitor.steps.all())
        assert [review.at < decided for review in exhibitor.reviews.all()] == [True, True]


def test_a_session_is_full_and_some_wait_for_it():
    assert Seat.objects.filter(state="waiting").exists()
    assert CheckIn.objects.exists()
    assert all("演示" in name for name in Ticket.objects.values_list("name", flat=True))


def test_fairs_move_when_the_one_that_is_on_would_be_past(load):
    before = {fair.name: fair for fair in Fair.objects.all()}
    day = load(days=5)
    noon = at_noon() + (day - timezone.localdate())
    moved = list(Fair.objects.order_by("begins_on"))
    assert [phase_of(fair, noon) for fair in moved] == [Phase.OVER, Phase.TODAY, Phase.COMING]
    assert len(moved) == len(before) == 3
    assert all((fair.begins_on - before[fair.name].begins_on).days == 5 for fair in moved)
