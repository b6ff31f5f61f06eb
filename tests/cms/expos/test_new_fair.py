"""Next year's fair from this year's."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from cms.expos.models import FairPage
from cms.home.groups import ensure_groups
from marketplace.accounts.models import User
from marketplace.fairs.models import CountyQuota, Fair, Question
from tests.cms.expos.conftest import session
from tests.factories.fairs import BEIJING, AllotmentFactory, BoothFactory, ZoneFactory

pytestmark = pytest.mark.django_db

NEW = {
    "name": "明年年货进京（虚构）",
    "name_en": "Next New Year fair (fictional)",
    "slug": "nianhuo-2028",
    "begins_on": "2028-01-14",
}


@pytest.fixture
def organiser(client, fair_page):
    user = User.objects.create_user("organiser@example.com")
    user.groups.add(ensure_groups().organisers)
    client.force_login(user)
    return user


@pytest.fixture
def whole_fair(fair):
    """With a zone, a booth that somebody has, a quota, a question and a session with a guest."""
    booth = BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A01")
    AllotmentFactory(booth=booth, exhibitor__fair=fair)
    CountyQuota.objects.create(fair=fair, county_id="150125", places=5)
    Question.objects.create(fair=fair, key="power", text="要用电吗？", kind="yes_no")
    session(fair, "talk", "藜麦怎么煮", 16, 10, capacity=30, taken=12)
    return fair


def address(page):
    return reverse("new_fair", args=[page.pk])


def test_new_fair_has_the_structure_of_the_old_and_none_of_its_people(
    client, organiser, whole_fair, fair_page, english_fair_page
):
    response = client.post(address(fair_page), NEW)
    new = Fair.objects.get(name=NEW["name"])
    page, english = FairPage.objects.filter(fair=new).order_by("locale__language_code")[::-1]
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (new.state, new.permit_number, new.call_closes_at) == ("draft", "", None)
    assert (new.begins_on, new.ends_on) == (date(2028, 1, 14), date(2028, 1, 16))
    assert [str(booth) for booth in new.booths.all()] == ["A01"]
    assert new.booths.get().zone.fair == new
    assert [quota.places for quota in new.quotas.all()] == [5]
    assert [question.key for question in new.questions.all()] == ["power"]
    talk = new.sessions.get()
    assert (talk.begins_at.date(), talk.taken, talk.capacity) == (date(2028, 1, 15), 0, 30)
    assert (new.exhibitors.count(), new.allotments.count()) == (0, 0)
    assert (page.live, page.title, english.title) == (False, NEW["name"], NEW["name_en"])
    assert page.translation_key == english.translation_key != fair_page.translation_key
    assert [block.block_type for block in page.body] == [b.block_type for b in fair_page.body]


def test_new_pages_are_neither_scheduled_nor_locked_as_the_old_ones_were(
    client, organiser, fair_page
):
    past = datetime(2026, 3, 1, tzinfo=BEIJING)
    old = FairPage.objects.filter(pk=fair_page.pk)
    old.update(go_live_at=past, expire_at=past, expired=True, locked=True, locked_at=past)
    client.post(address(fair_page), NEW)
    page = FairPage.objects.get(slug=NEW["slug"])
    assert (page.go_live_at, page.expire_at, page.expired) == (None, None, False)
    assert (page.locked, page.locked_at, page.locked_by) == (False, None, None)


def test_old_fair_keeps_everything(client, organiser, whole_fair, fair_page):
    client.post(address(fair_page), NEW)
    whole_fair.refresh_from_db()
    assert whole_fair.name == "年货进京（虚构）"
    assert (whole_fair.booths.count(), whole_fair.zones.count()) == (1, 1)
    assert whole_fair.sessions.get().taken == 12


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("slug", "new-year"), ("slug", "年货"), ("begins_on", "2020-01-01")],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(client, organiser, fair_page, field, value):
    response = client.post(address(fair_page), {**NEW, field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert (Fair.objects.count(), FairPage.objects.count()) == (1, 1)


def test_organiser_finds_the_button_beside_the_page(client, organiser, fair_page):
    index = reverse("wagtailadmin_explore", args=[fair_page.get_parent().pk])
    assert address(fair_page) in client.get(index).content.decode()


def test_an_editor_makes_no_fair(client, fair_page):
    user = User.objects.create_user("editor@example.com")
    user.groups.add(ensure_groups().editors)
    client.force_login(user)
    assert client.post(address(fair_page), NEW).status_code == 302
    assert Fair.objects.count() == 1
