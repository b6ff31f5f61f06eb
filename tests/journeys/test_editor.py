"""A story by the admin alone: written, reviewed, public at its time, in two languages, and gone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.home.tasks import publish_scheduled
from tests.journeys import stories
from tests.journeys.conftest import DESKTOP
from tests.journeys.phones import Phones

pytestmark = pytest.mark.long
A_MOMENT = timedelta(minutes=1)


@pytest.fixture
def viewport():
    """Editors sit at a desk; what a phone shows they see in the preview."""
    return DESKTOP


@pytest.fixture
def people(new_context, site) -> Phones:
    return Phones(lambda: new_context().new_page(), site)


@pytest.fixture
def at(time_machine):
    """The time comes, and with it the worker's next round."""

    def at(moment):
        time_machine.move_to(moment + A_MOMENT)
        publish_scheduled()

    return at


def test_a_story_is_written_reviewed_published_translated_and_expires(people, site, at):
    editor, approver = people.of("editor").page, people.of("approver").page
    reader, now = people.of_nobody(), timezone.now()
    begins, ends = now + timedelta(hours=2), now + timedelta(days=3)
    chinese, english = (
        f"/stories/{stories.SLUG}/",
        f"/en/stories/{stories.ENGLISH_SLUG}/",
    )
    stories.begins(editor, site)
    stories.writes_sections(editor)
    stories.saves_a_draft(editor)
    stories.is_refused_for_a_word(editor)
    stories.looks_at_it_on_a_phone(editor)
    stories.leaves_a_comment(editor)
    stories.sets_its_days(editor, begins, ends)
    stories.hands_it_in(editor)
    stories.sends_it_back(approver, site)
    stories.reads_why_and_mends(editor, site)
    stories.hands_it_in(editor)
    stories.approves_it(approver, site, stories.TITLE, "已定时")
    at(now)
    stories.finds_nothing(reader.page, site + chinese)
    at(begins)
    reads_it_with_live_goods(reader, chinese)
    stories.makes_the_english_copy(editor, site)
    stories.hands_it_in(editor, stories.ENGLISH)
    stories.finds_nothing(reader.page, site + english)
    stories.approves_it(approver, site, stories.ENGLISH, "已发布")
    goes_from_one_language_to_the_other(reader, site, chinese, english)
    at(ends)
    for address in (chinese, english):
        stories.finds_nothing(reader.page, site + address)


def reads_it_with_live_goods(reader, address):
    reader.go(address)
    for text in (stories.TITLE, stories.TEXT + stories.MORE, "出处：磨坊台账", stories.PLAIN):
        reader.sees(text)
    reader.does_not_see(stories.COMMENT)
    good = reader.page.locator(".feature", has_text=stories.GOOD)
    expect(good.locator(".price").first).to_contain_text("22.00")
    assert reader.page.locator(".card .add-button").count() > 1
    good.get_by_role("button").click()
    expect(reader.page.locator("#notices .notice[data-result=added]")).to_be_visible()


def goes_from_one_language_to_the_other(reader, site, chinese, english):
    addresses = {"zh-Hans": site + chinese, "en": site + english, "x-default": site + chinese}
    reader.go(chinese)
    assert stories.languages(reader.page) == addresses
    reader.come_by(reader.page.get_by_role("link", name="English", exact=True).first.click)
    assert reader.page.url == site + english
    assert stories.languages(reader.page) == addresses
    for text in (stories.ENGLISH, "The stones are slate.", "Source: The mill's own book"):
        reader.sees(text)
    reader.come_by(reader.page.get_by_role("link", name="中文", exact=True).first.click)
    assert reader.page.url == site + chinese
