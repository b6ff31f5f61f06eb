"""Decisions on one application at the same moment: one of them is taken, whole."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from catalog.licences import add_licence
from catalog.papers.services import Details
from catalog.producers.admission.refusals import NoticeOver, ObjectionsOpen, StepRefused
from catalog.producers.admission.services import (
    begin_notice,
    reject_application,
    submit_application,
    withdraw_application,
    write_objection,
)
from catalog.producers.models import Application, Cooperative, Membership
from marketplace.accounts.models import User
from marketplace.partner.models import Partner
from marketplace.partner.opening import open_business
from tests.factories import CooperativeFactory
from tests.factories.admission import (
    application_of,
    draft_of,
    noticed,
    official,
    over,
    pdf_file,
    recommended,
)
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def grower():
    return User.objects.create_user("grower@example.com", "x")


def said(by, **more) -> dict:
    return {"by": by, "now": timezone.now(), **more}


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("turn", ROUNDS)
def test_opening_against_withdrawing_is_one_of_the_two(turn, grower):
    application = over(application_of(grower))
    one = {"application_id": application.pk}
    results = at_once(
        [
            partial(open_business, **one, **said(official("a"))),
            partial(withdraw_application, **one, **said(grower, reason="")),
        ]
    )
    application.refresh_from_db()
    opened = application.state == "open"
    assert kinds(results) == (
        ["Cooperative", "StepRefused"] if opened else ["Application", "StepRefused"]
    )
    assert application.state in ("open", "withdrawn")
    counts = [model.objects.count() for model in (Cooperative, Partner, Membership)]
    assert counts == ([1, 1, 1] if opened else [0, 0, 0])
    assert application.steps.filter(state__in=["open", "withdrawn"]).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_operators_who_open_at_once_open_one_business(turn, grower):
    application = over(application_of(grower))
    calls = [
        partial(open_business, application_id=application.pk, **said(official(f"op{n}")))
        for n in range(6)
    ]
    assert kinds(at_once(calls)) == ["Cooperative", *["StepRefused"] * 5]
    counts = [model.objects.count() for model in (Cooperative, Partner, Membership)]
    assert counts == [1, 1, 1]
    assert application.steps.filter(state="open").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_operators_who_decide_differently_leave_one_decision(turn, grower):
    application = recommended(application_of(grower))
    one = {"application_id": application.pk}
    results = at_once(
        [
            partial(begin_notice, **one, **said(official("a"), reason="")),
            partial(reject_application, **one, **said(official("b"), reason="不全")),
        ]
    )
    application.refresh_from_db()
    # A notice may be followed by declining, but nothing follows that.
    if application.state == "notice":
        assert kinds(results) == ["Application", "StepRefused"]
    else:
        assert application.state == "rejected"
    states = list(application.steps.order_by("pk").values_list("state", flat=True))
    assert states[-1] == application.state
    assert len(states) == 3 + sum(not isinstance(r, StepRefused) for r in results)


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_name_handed_in_twice_at_once_is_under_way_once(turn):
    drafts = [draft_of(official(f"grower{n}"), name="同名") for n in range(4)]
    results = at_once(
        [
            partial(submit_application, application_id=draft.pk, **said(draft.applicant))
            for draft in drafts
        ]
    )
    assert kinds(results) == ["Application", *["ValidationError"] * 3]
    assert Application.objects.filter(state="submitted").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_objection_of_the_last_minute_holds_the_opening_up_or_comes_too_late(turn, grower):
    application = noticed(application_of(grower))
    last = timezone.now() + timedelta(days=7)
    results = at_once(
        [
            partial(
                open_business,
                application_id=application.pk,
                by=official("a"),
                now=last + timedelta(days=1),
            ),
            partial(
                write_objection,
                application_id=application.pk,
                words="不对",
                name="王",
                contact="139",
                now=last,
            ),
        ]
    )
    application.refresh_from_db()
    if application.state == "open":
        assert isinstance(results[1], NoticeOver)
    else:
        assert isinstance(results[0], ObjectionsOpen)
        assert application.objections.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_paper_put_in_by_all_at_once_is_there_once(turn):
    mill, day = CooperativeFactory(), timezone.localdate()
    one = Details("food_production_licence", "SC1", "局", mill.name, day, None)
    calls = [
        partial(add_licence, cooperative=mill, details=one, file=pdf_file(), day=day)
        for _ in range(4)
    ]
    assert kinds(at_once(calls)) == ["Paper", *["ValidationError"] * 3]
    assert mill.papers.count() == 1
