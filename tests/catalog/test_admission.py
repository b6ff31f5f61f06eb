"""Admission: forward only, each step with who and why, and what is refused changes nothing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.producers.admission.checks import is_credit_code
from catalog.producers.admission.refusals import (
    AlreadyAnswered,
    CountyNotListed,
    NoticeOver,
    NoticeRuns,
    NotInHand,
    ObjectionsOpen,
    OwnApplication,
    StepRefused,
    TooManyObjections,
)
from catalog.producers.admission.services import (
    add_paper,
    answer_objection,
    begin_notice,
    load_counties,
    objections,
    recommend_application,
    reject_application,
    remove_paper,
    return_application,
    save_application,
    set_county,
    start_application,
    submit_application,
    withdraw_application,
    write_objection,
)
from catalog.producers.admission.states import FOLLOWING, State
from catalog.producers.admission.words import stages_of, waits_for
from catalog.producers.models import (
    AdmissionCounty,
    Application,
    ApplicationStep,
    Cooperative,
    Membership,
    Objection,
)
from marketplace.accounts.models import User
from marketplace.outbox.models import Message
from marketplace.partner.models import Partner
from marketplace.partner.opening import free_slug, open_business
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

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
WUCHUAN = "150125"


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def grower() -> User:
    return User.objects.create_user("grower@example.com", "x")


@pytest.fixture
def auditor() -> User:
    return official("auditor")


def about(by, **more) -> dict:
    return {"by": by, "now": NOW, **more}


def state_now(application) -> str:
    return Application.objects.get(pk=application.pk).state


def everything() -> list:
    """All that a step could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Application, ApplicationStep, Cooperative, Partner, Membership, Message)
    ]


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


def test_the_notice_is_as_long_as_its_county_says_and_opens_after_its_last_day(
    grower, auditor, time_machine
):
    AdmissionCounty.objects.filter(region=WUCHUAN).update(notice_days=3)
    application = noticed(application_of(grower))
    last = TODAY + timedelta(days=3)
    assert (application.notice_from, application.notice_until) == (TODAY, last)
    before = everything()
    with pytest.raises(NoticeRuns):
        open_business(
            application_id=application.pk, by=auditor, now=NOW.replace(hour=23) + timedelta(days=3)
        )
    assert everything() == before
    open_business(application_id=application.pk, by=auditor, now=NOW + timedelta(days=4))
    assert state_now(application) == "open"


def test_an_objection_is_answered_before_the_business_opens(grower, auditor, time_machine):
    application = noticed(application_of(grower))
    objection = objection_to(application)
    assert objection_to(application) == objection
    later = NOW + timedelta(days=8)
    before = everything()
    with pytest.raises(ObjectionsOpen):
        open_business(application_id=application.pk, by=auditor, now=later)
    assert everything() == before
    answer_objection(objection_id=objection.pk, answer="看过地契了", by=auditor, now=later)
    with pytest.raises(AlreadyAnswered):
        answer_objection(objection_id=objection.pk, answer="另说", by=auditor, now=later)
    objection.refresh_from_db()
    assert (objection.answer, objection.answered_by) == ("看过地契了", auditor)
    letter = Message.objects.get(event=f"objection:{objection.pk}")
    assert (letter.recipient, "看过地契了" in letter.body) == ("wang@example.com", True)
    open_business(application_id=application.pk, by=auditor, now=later)


def object_now(application, now=NOW, words="地不是他家的"):
    return write_objection(
        application_id=application.pk, words=words, name="王二", contact="139", now=now
    )


@pytest.mark.parametrize(
    ("bring", "days"), [(application_of, 0), (lambda g: noticed(application_of(g)), 8)]
)
def test_nobody_objects_outside_the_notice(grower, bring, days):
    application = bring(grower)
    with pytest.raises(NoticeOver):
        object_now(application, NOW + timedelta(days=days))
    assert not application.objections.exists()


def test_a_machine_cannot_bury_what_people_say(grower, monkeypatch):
    monkeypatch.setattr(objections, "MOST_IN_A_DAY", 2)
    application = noticed(application_of(grower))
    for words in ("一", "二"):
        object_now(application, words=words)
    with pytest.raises(TooManyObjections):
        object_now(application, words="三")
    assert Objection.objects.count() == 2
    object_now(application, NOW + timedelta(days=1, minutes=1), words="三")


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


def test_addresses_are_pinyin_and_never_those_of_others():
    assert free_slug("云麦垛（虚构）") == "yun-mai-duo-xu-gou"
    CooperativeFactory(slug="li-lan")
    CooperativeFactory(slug="li-lan-2")
    assert free_slug("李岚") == "li-lan-3"
    assert free_slug("notices") == "notices-2"
    assert free_slug("（）") == "producer"


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100m000100y43", False),
        ("", False),
        ("9" * 18, False),
        ("91350100M000100Y4", False),
    ],
)
def test_a_credit_code_is_checked_by_its_last_sign(code, right):
    assert is_credit_code(code) is right


def county_days(begins, ends=None, county_id=None, region=WUCHUAN):
    row = AdmissionCounty.objects.select_related("region").get(region=region)
    return set_county(
        county_id=county_id, region=row.region, begins_on=begins, ends_on=ends, notice_days=7
    )


def test_the_days_of_a_county_never_overlap():
    row = AdmissionCounty.objects.get(region=WUCHUAN)
    with pytest.raises(ValidationError):
        county_days(TODAY)
    with pytest.raises(ValidationError):
        county_days(row.begins_on, row.begins_on - timedelta(days=1), row.pk)
    assert list(AdmissionCounty.objects.filter(region=WUCHUAN)) == [row]
    county_days(row.begins_on, TODAY, row.pk)
    row.refresh_from_db()
    assert row.ends_on == TODAY
    assert row.region_id in [
        c.region_id for c in AdmissionCounty.objects.in_force(timezone.localdate())
    ]


def test_the_counties_of_an_installation_are_loaded_once():
    assert AdmissionCounty.objects.count() == 3
    AdmissionCounty.objects.filter(region=WUCHUAN).delete()
    assert load_counties() == 0
    assert AdmissionCounty.objects.count() == 2
