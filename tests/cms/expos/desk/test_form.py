"""Fairs and organisations in Wagtail's own lists and forms."""

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.fairs.models import Fair, FairOrganisation, Organisation, Question, Session, Zone
from marketplace.outbox.models import Message
from tests.cms.expos.desk.form_data import typed
from tests.factories import CooperativeFactory
from tests.factories.fairs import (
    BEIJING,
    LATER,
    BoothFactory,
    ExhibitorFactory,
    FairFactory,
    ZoneFactory,
)
from tests.factories.goods import WUCHUAN
from tests.factories.visitors import SessionFactory, ticket_of

pytestmark = pytest.mark.django_db
TALK = {
    "kind": "talk",
    "title": "莜面怎么和",
    "begins_at": "2027-01-15 10:00",
    "ends_at": "2027-01-15 11:00",
}


@pytest.fixture
def root(client, db):
    user = User.objects.create_superuser("root@example.com")
    client.force_login(user)
    return user


def errors_of(response):
    """By field, of the fair itself and of its rows."""
    form = response.context["form"]
    rows = [row.errors for formset in form.formsets.values() for row in formset.forms]
    return sorted({name for errors in (form.errors, *rows) for name in errors})


def test_a_fair_is_made_with_all_that_belongs_to_it(client, root):
    CooperativeFactory()
    host = Organisation.objects.create(name="武川县农牧局（虚构）")
    assert client.get(reverse("fairs:add")).status_code == 200
    lists = {
        "organisations": [{"organisation": host.pk, "role": "host"}],
        "zones": [{"code": "A", "name": "燕麦区", "colour": "oat"}],
        "quotas": [{"county": WUCHUAN, "places": 5}],
        "questions": [
            {"key": "cold", "text": "要冷柜吗？", "kind": "yes_no"},
            {
                "key": "power",
                "text": "要几千瓦？",
                "kind": "number",
                "only_if": "cold",
                "only_if_answer": "是",
            },
        ],
        "reviewers": [{"user": root.pk}],
        "sessions": [TALK],
    }
    answer = client.post(reverse("fairs:add"), typed(lists))
    fair = Fair.objects.get()
    assert answer.headers["Location"] == reverse("fair_desk:desk", args=[fair.pk])
    assert fair.state == "draft"
    assert [fair.zones.get().code, fair.quotas.get().places, fair.reviewers.get().user] == [
        "A",
        5,
        root,
    ]
    keys = fair.questions.order_by("sort_order").values_list("key", flat=True)
    assert list(keys) == ["cold", "power"]
    assert (fair.organisations.get().organisation, fair.sessions.get().title) == (
        host,
        "莜面怎么和",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"begins_on": "x"}, "begins_on"),
        ({"ends_on": "2027-01-14"}, "ends_on"),
        ({"closes_at": "08:00"}, "closes_at"),
        ({"last_closes_at": "09:00"}, "last_closes_at"),
        ({"expected_visitors": "0"}, "expected_visitors"),
        ({"call_closes_at": "2027-01-15 09:01"}, "call_closes_at"),
        ({"region": "150125"}, "region"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(client, root, changes, field):
    response = client.post(reverse("fairs:add"), typed(**changes))
    assert (response.status_code, errors_of(response)) == (200, [field])
    assert not Fair.objects.exists()


@pytest.mark.parametrize(
    ("name", "rows", "field"),
    [
        ("zones", [{"code": "a", "name": "x", "colour": "oat"}], "code"),
        ("zones", [{"code": "A", "name": "x", "colour": "oat"}] * 2, "code"),
        ("quotas", [{"county": WUCHUAN, "places": 1}] * 2, "county"),
        ("questions", [{"key": "k", "text": "?", "kind": "choice", "choices": "a"}], "choices"),
        ("questions", [{"key": "k", "text": "?", "kind": "text", "only_if": "no"}], "only_if"),
        (
            "questions",
            [
                {"key": "k", "text": "?", "kind": "yes_no"},
                {
                    "key": "l",
                    "text": "?",
                    "kind": "text",
                    "only_if": "k",
                    "only_if_answer": "也许",
                },
            ],
            "only_if_answer",
        ),
        ("sessions", [{**TALK, "begins_at": "2027-01-14 10:00"}], "begins_at"),
        ("sessions", [{**TALK, "ends_at": "2027-01-15 10:00"}], "ends_at"),
    ],
)
def test_rows_that_do_not_fit_are_said_beside_the_field(client, root, name, rows, field):
    CooperativeFactory()
    response = client.post(reverse("fairs:add"), typed({name: rows}))
    assert response.status_code == 200
    assert field in errors_of(response)
    assert not Fair.objects.exists()


def test_a_planned_fair_with_a_crowd_keeps_its_permit(client, root):
    fair = FairFactory(state="planned")
    response = client.post(reverse("fairs:edit", args=[fair.pk]), typed(expected_visitors="5000"))
    assert errors_of(response) == ["permit_number"]
    fair.refresh_from_db()
    assert fair.expected_visitors == 800


def test_a_zone_with_booths_and_a_session_with_seats_stay(client, root):
    fair = FairFactory()
    zone = ZoneFactory(fair=fair, code="A", name="燕麦区")
    BoothFactory(zone=zone, number="A01")
    row = {"id": zone.pk, "code": "A", "name": "燕麦区", "colour": "oat", "DELETE": "1"}
    address = reverse("fairs:edit", args=[fair.pk])
    response = client.post(address, typed({"zones": [row]}, {"zones": 1}))
    assert response.status_code == 200
    assert "燕麦区" in str(response.context["form"].non_field_errors())
    moved = {**row, "code": "B", "DELETE": ""}
    response = client.post(address, typed({"zones": [moved]}, {"zones": 1}))
    assert errors_of(response) == ["code"]
    assert Zone.objects.get().code == "A"


def test_a_session_that_moves_tells_its_visitors_and_keeps_its_kind(client, root):
    entry = SessionFactory(fair__state="planned")
    ticket_of(entry, email="one@example.com", now=LATER)
    about = {"title": entry.title, "begins_at": "2027-01-15 10:00", "ends_at": "2027-01-15 18:00"}
    row = {"id": entry.pk, "capacity": 100, **about}
    address = reverse("fairs:edit", args=[entry.fair_id])
    refused = client.post(address, typed({"sessions": [{**row, "kind": "talk"}]}, {"sessions": 1}))
    assert errors_of(refused) == ["kind"]
    assert not Message.objects.filter(event__contains=":changed:").exists()
    client.post(address, typed({"sessions": [{**row, "kind": "entry"}]}, {"sessions": 1}))
    entry.refresh_from_db()
    assert (entry.kind, entry.begins_at.astimezone(BEIJING).hour) == ("entry", 10)
    told = Message.objects.get(event__contains=":changed:")
    assert (told.recipient, "10:00–18:00" in told.body) == ("one@example.com", True)


def test_a_question_that_was_answered_keeps_its_name_and_stays(client, root):
    fair = FairFactory()
    ExhibitorFactory(fair=fair, answers={"cold": "yes"})
    question = Question.objects.create(fair=fair, key="cold", text="要冷柜吗？", kind="yes_no")
    row = {"id": question.pk, "key": "cold", "text": "要冷柜吗？", "kind": "yes_no"}
    address = reverse("fairs:edit", args=[fair.pk])
    renamed = client.post(address, typed({"questions": [{**row, "key": "ice"}]}, {"questions": 1}))
    assert errors_of(renamed) == ["key"]
    gone = typed({"questions": [{**row, "DELETE": "1"}]}, {"questions": 1})
    response = client.post(address, gone)
    assert "要冷柜吗？" in str(response.context["form"].non_field_errors())
    assert Question.objects.get().key == "cold"
    client.post(address, typed({"questions": [{**row, "text": "要冰柜吗？"}]}, {"questions": 1}))
    assert Question.objects.get().text == "要冰柜吗？"


def test_the_form_of_a_fair_opens_with_its_rows(client, root):
    fair = FairFactory()
    zone = ZoneFactory(fair=fair, code="A", name="燕麦区")
    address = reverse("fairs:edit", args=[fair.pk])
    assert "燕麦区" in client.get(address).content.decode()
    row = {"id": zone.pk, "code": "A", "name": "莜面区", "colour": "oat"}
    client.post(address, typed({"zones": [row]}, {"zones": 1}, name="新名字"))
    zone.refresh_from_db()
    fair.refresh_from_db()
    assert (zone.name, fair.name, fair.state) == ("莜面区", "新名字", "call")


def test_a_fair_with_applications_is_not_deleted(client, root):
    fair = ExhibitorFactory().fair
    address = reverse("fairs:delete", args=[fair.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, follow=True)
    assert fair.name in answer.content.decode()
    assert Fair.objects.get() == fair
    empty = FairFactory()
    client.post(reverse("fairs:delete", args=[empty.pk]))
    assert not Fair.objects.filter(pk=empty.pk).exists()


def test_an_organisation_in_use_is_not_deleted(client, root):
    host = Organisation.objects.create(name="武川县农牧局（虚构）")
    FairOrganisation.objects.create(fair=FairFactory(), organisation=host, role="host")
    answer = client.post(reverse("organisations:delete", args=[host.pk]), follow=True)
    assert answer.status_code == 200
    assert Organisation.objects.get() == host


def test_organisations_are_listed_made_and_renamed(client, root):
    client.post(reverse("organisations:add"), {"name": "新办（虚构）", "name_en": ""})
    host = Organisation.objects.get()
    client.post(reverse("organisations:edit", args=[host.pk]), {"name": "老办（虚构）"})
    assert "老办（虚构）" in client.get(reverse("organisations:index")).content.decode()


@pytest.mark.parametrize("name", ["fairs:index", "fairs:add", "organisations:index"])
def test_who_may_not_arrange_fairs_is_turned_away(client, db, name):
    client.force_login(User.objects.create_user("wang@example.com"))
    assert client.get(reverse(name)).status_code == 302


def test_a_session_of_visitors_stays(client, root):
    fair = FairFactory()
    talk = Session.objects.create(
        fair=fair,
        kind="talk",
        title="莜面怎么和",
        begins_at="2027-01-15T10:00:00+08:00",
        ends_at="2027-01-15T11:00:00+08:00",
    )
    ticket = fair.tickets.create(
        code="c" * 32, number="1", language="zh-hans", consented_at="2026-12-01T10:00:00+08:00"
    )
    asked = {"state": "confirmed", "asked_at": "2026-12-01T10:00:00+08:00"}
    talk.seats.create(ticket=ticket, **asked)
    row = {"id": talk.pk, **TALK, "DELETE": "1"}
    response = client.post(
        reverse("fairs:edit", args=[fair.pk]), typed({"sessions": [row]}, {"sessions": 1})
    )
    assert response.status_code == 200
    assert Session.objects.get() == talk
