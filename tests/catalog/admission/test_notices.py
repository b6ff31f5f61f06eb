"""Public notice, objections, and what an opened business is called; counties and codes as data."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.producers.admission.checks import is_credit_code
from catalog.producers.admission.refusals import (
    AlreadyAnswered,
    NoticeOver,
    NoticeRuns,
    ObjectionsOpen,
    TooManyObjections,
)
from catalog.producers.admission.services import (
    answer_objection,
    load_counties,
    objections,
    set_county,
    write_objection,
)
from catalog.producers.models import (
    AdmissionCounty,
    Objection,
)
from marketplace.outbox.models import Message
from marketplace.partner.opening import free_slug, open_business
from tests.catalog.admission.steps import NOW, TODAY, WUCHUAN, everything, state_now
from tests.factories import CooperativeFactory
from tests.factories.admission import (
    application_of,
    noticed,
    objection_to,
)

pytestmark = pytest.mark.django_db


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
