"""What an organiser decides, within quotas and with papers in hand."""

from datetime import date

import pytest

from marketplace.fairs.models import Allotment, CountyQuota, Exhibitor, Fair, Reviewer
from marketplace.fairs.refusals import (
    DecidedAlready,
    FairOver,
    NotReviewer,
    OwnCooperative,
    PapersMissing,
    QuotaTaken,
    ReasonMissing,
    StepRefused,
)
from marketplace.fairs.services.deciding import (
    accept_exhibitor,
    decline_exhibitor,
    reinstate_exhibitor,
    reserve_exhibitor,
)
from marketplace.fairs.services.reviewing import Marks, score_exhibitor
from marketplace.outbox.models import Message
from tests.factories.admission import add_a_licence
from tests.factories.fairs import LATER, AllotmentFactory, ExhibitorFactory, FairFactory
from tests.factories.goods import WUCHUAN
from tests.marketplace.fairs.conftest import applicant_of, seller_of

pytestmark = pytest.mark.django_db
GOOD, POOR = Marks(5, 4, 5, 4), Marks(1, 1, 1, 1)


def accept(exhibitor, by):
    return accept_exhibitor(exhibitor_id=exhibitor.pk, by=by, now=LATER)


def refused(why, exhibitor, call):
    """With words; the application, its booth and the outbox stay as they were."""
    before = Exhibitor.objects.values().get(pk=exhibitor.pk), Message.objects.count()
    with pytest.raises(why) as caught:
        call()
    assert caught.value.words
    after = Exhibitor.objects.values().get(pk=exhibitor.pk), Message.objects.count()
    assert after == before
    assert not exhibitor.steps.exists()


def score(exhibitor, by, marks=GOOD, note=""):
    about = {"marks": marks, "note": note, "by": by, "now": LATER}
    return score_exhibitor(exhibitor_id=exhibitor.pk, **about)


def test_whoever_is_accepted_is_told_once_with_the_way_to_the_next_step(fair, organiser):
    exhibitor = applicant_of(fair)
    seller_of(exhibitor.cooperative, "owner")
    seller_of(exhibitor.cooperative, "accountant", "accountant")
    accepted = accept(exhibitor, organiser)
    assert (accepted.state, accepted.decided_at) == ("accepted", LATER)
    step = exhibitor.steps.get()
    assert (step.state, step.by, step.at) == ("accepted", organiser, LATER)
    message = Message.objects.get()
    assert message.recipient == "owner@example.com"
    assert message.subject.startswith(fair.name)
    path = f"/dashboard/c/{exhibitor.cooperative.slug}/fairs/{fair.pk}/"
    assert path in message.body


def test_the_quota_of_a_county_is_kept(fair, organiser):
    CountyQuota.objects.create(fair=fair, county_id=WUCHUAN, places=1)
    ExhibitorFactory(fair=FairFactory())
    ExhibitorFactory(fair=fair, state="reserve")
    first, second = applicant_of(fair), applicant_of(fair)
    stranger = applicant_of(fair, county_id="150124", township_id="150124101")
    accept(first, organiser)
    refused(QuotaTaken, second, lambda: accept(second, organiser))
    assert accept(stranger, organiser).state == "accepted"
    about = {"exhibitor_id": second.pk, "by": organiser, "now": LATER}
    assert reserve_exhibitor(**about).state == "reserve"


def test_papers_must_cover_every_day_of_the_fair(fair, organiser):
    """15 to 17 January 2027."""
    exhibitor = applicant_of(fair)
    cooperative = exhibitor.cooperative
    licence = cooperative.papers.get(kind="food_production_licence")
    licence.valid_until = date(2027, 1, 16)
    licence.save()
    refused(PapersMissing, exhibitor, lambda: accept(exhibitor, organiser))
    about = {"begins": date(2027, 1, 17), "until": date(2030, 1, 1)}
    add_a_licence(cooperative, **about)
    assert accept(exhibitor, organiser).state == "accepted"


def test_every_paper_that_is_missing_is_named(fair, organiser):
    exhibitor = applicant_of(fair)
    exhibitor.cooperative.papers.clear()
    with pytest.raises(PapersMissing) as caught:
        accept(exhibitor, organiser)
    assert len(caught.value.lines) == 2


def test_whoever_is_declined_reads_why_and_loses_the_booth(fair, organiser):
    place = AllotmentFactory(exhibitor=ExhibitorFactory(fair=fair))
    exhibitor = place.exhibitor
    seller_of(exhibitor.cooperative)
    about = {"exhibitor_id": exhibitor.pk, "by": organiser, "now": LATER}
    refused(ReasonMissing, exhibitor, lambda: decline_exhibitor(reason="  ", **about))
    declined = decline_exhibitor(reason="货量不够三天", **about)
    place.refresh_from_db()
    assert (declined.state, declined.reason) == ("declined", "货量不够三天")
    assert (place.released_at, place.reason) == (LATER, Allotment.Ending.DECLINED)
    assert "货量不够三天" in Message.objects.get().body


def test_the_organiser_reinstates_after_the_deadline(organiser):
    fair = FairFactory(state="planned")
    exhibitor = ExhibitorFactory(fair=fair, state="declined", reason="x", decided_at=LATER)
    back = reinstate_exhibitor(exhibitor_id=exhibitor.pk, by=organiser, now=LATER)
    assert (back.state, back.reason, back.decided_at) == ("applied", "", None)


@pytest.mark.parametrize("state", ["draft", "accepted", "declined", "withdrawn"])
def test_what_does_not_wait_for_a_decision_is_not_accepted(fair, organiser, state):
    about = {"applied_at": None} if state == "draft" else {"reason": "x"}
    exhibitor = ExhibitorFactory(fair=fair, state=state, **about)
    refused(StepRefused, exhibitor, lambda: accept(exhibitor, organiser))


def test_after_the_fair_nothing_is_decided(fair, organiser):
    exhibitor = applicant_of(fair)
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    refused(FairOver, exhibitor, lambda: accept(exhibitor, organiser))


def test_nobody_judges_their_own_cooperative(fair):
    exhibitor = applicant_of(fair)
    seller = seller_of(exhibitor.cooperative)
    Reviewer.objects.create(fair=fair, user=seller)
    refused(OwnCooperative, exhibitor, lambda: accept(exhibitor, seller))
    refused(OwnCooperative, exhibitor, lambda: score(exhibitor, seller))
    assert not exhibitor.reviews.exists()


def test_only_named_reviewers_score_and_may_change_their_mind_until_it_is_decided(fair, organiser):
    exhibitor = applicant_of(fair)
    refused(NotReviewer, exhibitor, lambda: score(exhibitor, organiser))
    Reviewer.objects.create(fair=fair, user=organiser)
    score(exhibitor, organiser, POOR, "没看清")
    review = score(exhibitor, organiser, GOOD)
    assert (exhibitor.reviews.get(), review.total, review.note) == (review, 18, "")
    accept(exhibitor, organiser)
    with pytest.raises(DecidedAlready):
        score(exhibitor, organiser, POOR)
    assert exhibitor.reviews.get().total == 18


def test_after_the_fair_nobody_scores(fair, organiser):
    exhibitor = applicant_of(fair)
    Reviewer.objects.create(fair=fair, user=organiser)
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    refused(FairOver, exhibitor, lambda: score(exhibitor, organiser))
    assert not exhibitor.reviews.exists()


def test_the_reserve_list_is_by_the_mean_of_the_marks(fair, organiser):
    other = seller_of(ExhibitorFactory().cooperative)
    weak, strong, unmarked = (applicant_of(fair) for _ in range(3))
    for user in (organiser, other):
        Reviewer.objects.create(fair=fair, user=user)
    score(weak, organiser, GOOD)
    score(weak, other, POOR)
    score(strong, organiser, GOOD)
    for exhibitor in (unmarked, weak, strong):
        reserve_exhibitor(exhibitor_id=exhibitor.pk, by=organiser, now=LATER)
    rows = list(fair.exhibitors.next_of_reserve())
    assert [(row, row.score, row.marks_number) for row in rows] == [
        (strong, 18, 1),
        (weak, 11, 2),
        (unmarked, None, 0),
    ]
    assert list(fair.exhibitors.next_of_reserve("150124")) == []
