"""A cooperative applies: what it may bring and answer, and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from catalog.models import Withdrawal
from marketplace.fairs.models import Allotment, Exhibitor, Question
from marketplace.fairs.refusals import BeingJudged, CallClosed, FairOver, StepRefused
from marketplace.fairs.services.applying import (
    begin_application,
    return_to_fair,
    save_application,
    submit_application,
    withdraw_application,
)
from tests.factories import ProductFactory
from tests.factories.fairs import DEADLINE, LATER, AllotmentFactory, ExhibitorFactory, FairFactory
from tests.marketplace.fairs.conftest import seller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(maker):
    return seller_of(maker)


@pytest.fixture
def good(maker):
    return ProductFactory(cooperative=maker)


@pytest.fixture
def draft(fair, maker, seller):
    return begin_application(fair_id=fair.pk, cooperative=maker, by=seller, now=LATER)


def ask(fair, key, kind, **about):
    return Question.objects.create(
        fair=fair, key=key, text=f"{key}？", kind=kind, sort_order=Question.objects.count(), **about
    )


def save(exhibitor, goods=(), now=LATER, **answers):
    return save_application(
        exhibitor_id=exhibitor.pk,
        product_ids=[good.pk for good in goods],
        answers=answers,
        now=now,
    )


def submit(exhibitor, by, now=LATER):
    return submit_application(exhibitor_id=exhibitor.pk, by=by, now=now)


def refused(errors, call):
    with pytest.raises(ValidationError) as caught:
        call()
    assert sorted(caught.value.message_dict) == errors


def test_an_application_is_begun_once_and_keeps_its_county(fair, maker, seller, draft):
    again = begin_application(fair_id=fair.pk, cooperative=maker, by=seller, now=LATER)
    assert (again, draft.state, draft.county_id) == (draft, "draft", maker.county_id)
    assert list(draft.steps.values_list("state", "by", "at")) == [("draft", seller.pk, LATER)]


@pytest.mark.parametrize("about", [{"state": "draft"}, {"state": "planned"}, {}])
def test_without_an_open_call_nothing_is_begun(maker, seller, about):
    fair = FairFactory(**about)
    now = LATER if about else DEADLINE
    with pytest.raises(CallClosed):
        begin_application(fair_id=fair.pk, cooperative=maker, by=seller, now=now)
    assert not Exhibitor.objects.exists()


def test_a_whole_application_is_handed_in(draft, seller, good):
    save(draft, [good])
    handed_in = submit(draft, seller)
    assert (handed_in.state, handed_in.applied_at) == ("applied", LATER)
    assert list(handed_in.goods.values_list("product", flat=True)) == [good.pk]
    assert [step.state for step in handed_in.steps.order_by("pk")] == ["draft", "applied"]


def test_foreign_packs_and_withdrawn_goods_are_not_brought(draft, maker, good):
    withdrawn = ProductFactory(cooperative=maker)
    about = {"reason": "标签不对", "at": LATER, "product": withdrawn}
    withdrawn.withdrawal = Withdrawal.objects.create(**about)
    withdrawn.sellable_from = withdrawn.sellable_until = None
    withdrawn.save()
    save(draft, [good])
    hidden = ProductFactory(cooperative=maker, is_public=False)
    for wrong in (ProductFactory(), withdrawn, hidden, good.children.first()):
        refused(["goods"], lambda wrong=wrong: save(draft, [good, wrong]))
    assert list(draft.goods.values_list("product", flat=True)) == [good.pk]


def test_questions_are_asked_when_their_condition_holds(fair, draft, seller, good):
    ask(fair, "cold", "yes_no")
    ask(fair, "power", "number", only_if="cold", only_if_answer="是")
    ask(fair, "kind", "choice", choices="冷柜\n冰袋", only_if="power", only_if_answer="3")
    ask(fair, "wish", "text", is_required=False)
    save(draft, [good])
    refused(["cold"], lambda: submit(draft, seller))
    save(draft, [good], cold="yes", kind="冷柜")
    draft.refresh_from_db()
    assert draft.answers == {"cold": "yes"}
    refused(["power"], lambda: submit(draft, seller))
    save(draft, [good], cold="yes", power="3")
    refused(["kind"], lambda: submit(draft, seller))
    save(draft, [good], cold="no", power="3", kind="冷柜", wish="  靠门 ")
    draft.refresh_from_db()
    assert draft.answers == {"cold": "no", "wish": "靠门"}
    assert submit(draft, seller).state == "applied"


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("yes_no", "maybe"),
        ("choice", "货车"),
        ("number", "3.5"),
        ("number", "-1"),
        ("number", "三"),
        ("number", "1000001"),
        ("number", "9" * 400),
        ("text", "x" * 501),
    ],
)
def test_what_is_no_answer_is_refused_and_changes_nothing(fair, draft, good, kind, answer):
    ask(fair, "van", kind, choices="面包车\n没有车")
    refused(["van"], lambda: save(draft, [good], van=answer))
    draft.refresh_from_db()
    assert (draft.answers, draft.goods.count()) == ({}, 0)


def test_without_goods_nothing_is_handed_in(draft, seller):
    refused(["goods"], lambda: submit(draft, seller))
    draft.refresh_from_db()
    assert (draft.state, draft.steps.count()) == ("draft", 1)


def test_what_was_handed_in_may_be_changed_until_somebody_scores_it(draft, seller, good, organiser):
    save(draft, [good])
    submit(draft, seller)
    other = ProductFactory(cooperative=good.cooperative)
    save(draft, [other])
    assert list(draft.goods.values_list("product", flat=True)) == [other.pk]
    refused(["goods"], lambda: save(draft, []))
    assert draft.goods.count() == 1
    marks = {"households": 1, "recognition": 1, "stock": 1, "complaints": 1}
    draft.reviews.create(reviewer=organiser, at=LATER, **marks)
    with pytest.raises(BeingJudged):
        save(draft, [good])


def test_after_the_deadline_nothing_is_kept_or_handed_in(draft, seller, good):
    save(draft, [good])
    with pytest.raises(CallClosed):
        save(draft, [], now=DEADLINE)
    with pytest.raises(CallClosed):
        submit(draft, seller, now=DEADLINE)
    draft.refresh_from_db()
    assert (draft.state, draft.goods.count()) == ("draft", 1)


def test_whoever_withdraws_frees_the_booth_and_may_come_back_before_the_deadline(fair, seller):
    exhibitor = ExhibitorFactory(fair=fair, goods=[ProductFactory()])
    place = AllotmentFactory(exhibitor=exhibitor)
    gone = withdraw_application(exhibitor_id=exhibitor.pk, by=seller, reason="没人手", now=LATER)
    place.refresh_from_db()
    assert (gone.state, gone.reason, place.released_at) == ("withdrawn", "没人手", LATER)
    assert place.reason == Allotment.Ending.WITHDRAWN
    about = {"exhibitor_id": exhibitor.pk, "by": seller}
    with pytest.raises(CallClosed):
        return_to_fair(now=DEADLINE, **about)
    back = return_to_fair(now=LATER + timedelta(days=1), **about)
    assert (back.state, back.reason) == ("applied", "")
    assert [step.state for step in back.steps.order_by("pk")] == ["withdrawn", "applied"]


@pytest.mark.parametrize("state", ["draft", "declined", "withdrawn"])
def test_what_is_not_under_way_cannot_be_withdrawn(fair, seller, state):
    about = {"applied_at": None} if state == "draft" else {"reason": "x"}
    exhibitor = ExhibitorFactory(fair=fair, state=state, **about)
    with pytest.raises(StepRefused):
        withdraw_application(exhibitor_id=exhibitor.pk, by=seller, reason="", now=LATER)
    assert not exhibitor.steps.exists()


def test_after_the_fair_nobody_withdraws(seller):
    exhibitor = ExhibitorFactory(fair=FairFactory(state="closed"))
    with pytest.raises(FairOver):
        withdraw_application(exhibitor_id=exhibitor.pk, by=seller, reason="", now=LATER)
