"""Admission: forward only, each step with who and why, and what is refused changes nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.producers.admission.refusals import (
    CountyNotListed,
    NotInHand,
    OwnApplication,
    StepRefused,
)
from catalog.producers.admission.services import (
    add_paper,
    begin_notice,
    recommend_application,
    reject_application,
    remove_paper,
    return_application,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from catalog.producers.admission.states import FOLLOWING, State
from catalog.producers.admission.words import stages_of, waits_for
from catalog.producers.models import (
    AdmissionCounty,
    Application,
)
from marketplace.outbox.models import Message
from marketplace.partner.opening import open_business
from tests.catalog.admission.steps import NOW, TODAY, WUCHUAN, about, everything, state_now
from tests.factories import CooperativeFactory
from tests.factories.admission import (
    application_of,
    details,
    draft_of,
    noticed,
    objection_to,
    official,
    over,
    pdf_file,
    recommended,
    written,
)

pytestmark = pytest.mark.django_db


def test_the_whole_way_from_a_draft_to_a_shelf_with_its_owner(grower):
    application = over(application_of(grower, kind="individual", short_name="", name="李岚"))
    cooperative = open_business(application_id=application.pk, **about(official("auditor")))
    application.refresh_from_db()
    assert (application.state, application.cooperative) == ("open", cooperative)
    assert (cooperative.kind, cooperative.name, cooperative.slug) == (
        "individual",
        "李岚",
        "li-lan",
    )
    assert (cooperative.county_id, cooperative.colour) == (WUCHUAN, "oat")
    assert cooperative.shelf.name == "李岚"
    member = cooperative.memberships.get()
    assert (member.user, member.role, member.begins_on) == (grower, "owner", TODAY)
    assert list(cooperative.papers.all()) == list(application.papers.all())
    assert cooperative.papers.get().holder == "李岚"
    steps = application.steps.order_by("pk").values_list("state", "by__email")
    assert list(steps) == [
        ("draft", "grower@example.com"),
        ("submitted", "grower@example.com"),
        ("recommended", "recommender@example.org"),
        ("notice", "auditor@example.org"),
        ("open", "auditor@example.org"),
    ]
    assert Message.objects.filter(recipient=grower.email).count() == 3


def test_what_was_typed_is_kept_complete_or_not(grower):
    typed = written(name="石门沟", contact_mobile="12", credit_code="X", township="", kind="")
    draft = start_application(by=grower, typed=typed, now=NOW)
    kept = Application.objects.get()
    assert (kept.name, kept.contact_mobile, kept.credit_code) == ("石门沟", "12", "X")
    assert (kept.kind, kept.township, kept.county, kept.state) == ("", None, None, "draft")
    again = start_application(by=grower, typed=written(name="另一个"), now=NOW)
    assert again.pk == draft.pk
    assert Application.objects.get().name == "另一个"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": "", "summary": " "}, ["name", "summary"]),
        ({"kind": ""}, ["kind"]),
        ({"township": ""}, ["township"]),
        ({"contact_mobile": "12345"}, ["contact_mobile"]),
        ({"credit_code": "91150125MA0N0W2C3K"}, ["credit_code"]),
        ({"credit_code": ""}, ["credit_code"]),
        ({"township": "110108012"}, ["township"]),
        ({"name": "已有的合作社"}, ["name"]),
    ],
)
def test_what_is_incomplete_is_not_handed_in_and_nothing_changes(grower, changes, fields):
    CooperativeFactory(name="已有的合作社")
    draft = draft_of(grower, **changes)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        submit_application(application_id=draft.pk, **about(grower))
    assert sorted(refusal.value.message_dict) == fields
    assert everything() == before


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), None])
def test_a_business_needs_a_valid_licence_and_an_individual_none(grower, until):
    draft = start_application(by=grower, typed=written(), now=NOW)
    if until:
        paper = details(begins=date(2020, 1, 1), until=until)
        add_paper(application_id=draft.pk, details=paper, file=pdf_file())
    with pytest.raises(ValidationError) as refusal:
        submit_application(application_id=draft.pk, **about(grower))
    assert list(refusal.value.message_dict) == ["papers"]
    save_application(application_id=draft.pk, typed=written(kind="individual", credit_code=""))
    submit_application(application_id=draft.pk, **about(grower))
    assert state_now(draft) == "submitted"


def test_a_name_under_way_is_not_handed_in_twice(grower):
    application_of(grower, name="同名")
    other = draft_of(official("other"), name="同名")
    with pytest.raises(ValidationError):
        submit_application(application_id=other.pk, **about(other.applicant))
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(state="submitted")
    assert state_now(other) == "draft"


def test_what_was_handed_in_cannot_be_rewritten(grower):
    application = application_of(grower)
    before, paper = everything(), application.papers.get()
    with pytest.raises(NotInHand):
        save_application(application_id=application.pk, typed=written(name="别的"))
    with pytest.raises(NotInHand):
        add_paper(application_id=application.pk, details=details(), file=pdf_file())
    with pytest.raises(NotInHand):
        remove_paper(application_id=application.pk, paper_id=paper.pk)
    assert everything() == before
    assert list(application.papers.all()) == [paper]


@pytest.mark.parametrize("bring", [application_of, lambda g: noticed(application_of(g))])
def test_returned_for_correction_keeps_what_was_typed_and_says_why(grower, auditor, bring):
    application = bring(grower)
    return_application(application_id=application.pk, **about(auditor, reason="执照看不清"))
    returned = Application.objects.for_page().get(pk=application.pk)
    assert (returned.name, returned.summary) == (application.name, application.summary)
    assert (returned.steps.last().state, returned.steps.last().reason) == ("returned", "执照看不清")
    assert "执照看不清" in Message.objects.order_by("pk").last().body
    assert [stage.at for stage in stages_of(returned)] == [None] * 4
    save_application(application_id=returned.pk, typed=written(name="改好的"))
    submit_application(application_id=returned.pk, **about(grower))
    assert state_now(returned) == "submitted"


STEPS = {
    State.SUBMITTED: lambda pk, by: submit_application(application_id=pk, **about(by)),
    State.RECOMMENDED: lambda pk, by: recommend_application(
        application_id=pk, signed_on=TODAY, sheet=pdf_file(), **about(by)
    ),
    State.NOTICE: lambda pk, by: begin_notice(application_id=pk, **about(by, reason="")),
    State.OPEN: lambda pk, by: open_business(application_id=pk, **about(by)),
    State.RETURNED: lambda pk, by: return_application(application_id=pk, **about(by, reason="x")),
    State.REJECTED: lambda pk, by: reject_application(application_id=pk, **about(by, reason="x")),
    State.WITHDRAWN: lambda pk, by: withdraw_application(application_id=pk, **about(by, reason="")),
}


@pytest.mark.parametrize("state", State)
def test_no_step_leads_anywhere_but_forward(grower, auditor, state):
    application = over(application_of(grower))
    if state == State.OPEN:
        STEPS[State.OPEN](application.pk, auditor)
    else:
        Application.objects.filter(pk=application.pk).update(state=state)
    before = everything()
    for to, step in STEPS.items():
        if to not in FOLLOWING[state]:
            by = grower if to in (State.SUBMITTED, State.WITHDRAWN) else auditor
            with pytest.raises(StepRefused):
                step(application.pk, by)
    assert everything() == before


@pytest.mark.parametrize(
    ("bring", "to"),
    [
        (application_of, State.RECOMMENDED),
        (application_of, State.RETURNED),
        (lambda g: recommended(application_of(g)), State.NOTICE),
        (lambda g: over(application_of(g)), State.OPEN),
    ],
)
def test_nobody_decides_on_an_application_of_their_own(grower, bring, to):
    application = bring(grower)
    before = everything()
    with pytest.raises(OwnApplication):
        STEPS[to](application.pk, grower)
    assert everything() == before


@pytest.mark.parametrize("to", [State.RECOMMENDED, State.NOTICE])
def test_a_county_that_is_not_listed_today_recommends_nobody(grower, auditor, to):
    application = application_of(grower)
    if to == State.NOTICE:
        application = recommended(application)
    AdmissionCounty.objects.filter(region=WUCHUAN).update(ends_on=TODAY - timedelta(days=1))
    before = everything()
    with pytest.raises(CountyNotListed):
        STEPS[to](application.pk, auditor)
    assert everything() == before


def test_whose_turn_it_is_is_said_at_every_point_and_nobodys_at_the_end(grower, auditor):
    words = {}
    draft = draft_of(grower)

    def look(pk=draft.pk):
        application = Application.objects.for_page().get(pk=pk)
        words[application.state] = waits_for(application, TODAY)
        return application

    look()
    submit_application(application_id=draft.pk, **about(grower))
    look()
    recommended(draft)
    look()
    STEPS[State.NOTICE](draft.pk, auditor)
    application = look()
    assert waits_for(application, TODAY + timedelta(days=8)) != words["notice"]
    objection_to(application)
    answered = words["notice"]
    assert waits_for(look(), TODAY) != answered
    STEPS[State.RETURNED](draft.pk, auditor)
    look()
    STEPS[State.WITHDRAWN](draft.pk, grower)
    look()
    assert words.pop("withdrawn") == ""
    assert len({*words.values(), ""}) == 6
    assert "武川县" in words["submitted"]
