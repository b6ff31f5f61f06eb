"""When a consent ends, the stories that name the person leave the site, whatever shows them."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.blocks.faults import PageHasFaults
from cms.home.scheduling import follow_schedule
from cms.images.models import PageImage
from cms.images.services import make_page_renditions
from cms.stories.models import StoryPage
from cms.stories.services import WithdrawnAlready, withdraw_consent
from marketplace.accounts.models import User
from marketplace.shop import kept_pages
from tests.cms.conftest import picture_file, publish
from tests.factories.consents import new_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def consent(db):
    return new_consent(covers_words=True)


@pytest.fixture
def portrait(consent):
    image = PageImage.objects.create(
        title="王大娘",
        file=picture_file(),
        alt_text="王大娘在窖口",
        shows_person=True,
        consent=consent,
    )
    make_page_renditions(image=image)
    return image


@pytest.fixture
def named(tell, consent):
    return tell(1, title="王大娘的窖", names_person=True, consent=consent)


def withdraw(consent, by=None):
    return withdraw_consent(consent=consent, by=by, day=timezone.localdate())


def test_the_database_keeps_no_name_without_a_consent(named):
    for wrong in ({"consent": None}, {"names_person": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoryPage.objects.filter(pk=named.pk).update(**wrong)


def test_a_withdrawal_takes_the_story_off_and_keeps_who_recorded_it(client, named, consent):
    editor = User.objects.create_user("editor@example.com")
    withdraw(consent, editor)
    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.withdrawn_by) == (timezone.localdate(), editor)
    assert client.get("/stories/s1/").status_code == 404


def test_lists_and_sections_stop_showing_it_on_the_next_request(client, tell, named, home, consent):
    tell(2)
    publish(home, body=[("stories", {"title": "故事", "rule": "chosen", "stories": [named.pk]})])
    places = ("/", "/stories/", "/stories/s2/")
    assert all("王大娘的窖" in client.get(path).content.decode() for path in places)
    withdraw(consent)
    assert not any("王大娘的窖" in client.get(path).content.decode() for path in places)


def test_its_english_page_goes_with_it(client, named, consent, english_home):
    publish(named.copy_for_translation(english_home.locale, copy_parents=True))
    assert StoryPage.objects.live().count() == 2
    withdraw(consent)
    assert not StoryPage.objects.live().exists()


@pytest.fixture
def english(named, english_home):
    """Its English page, which has no consent of its own."""
    page = named.copy_for_translation(english_home.locale, copy_parents=True)
    page.names_person, page.consent = False, None
    return publish(page)


def test_an_english_page_without_a_consent_does_not_come_back(english, consent):
    withdraw(consent)
    for version in (StoryPage.objects.get(pk=english.pk), english):
        with pytest.raises(PageHasFaults, match="同意书"):
            version.save_revision().publish()
    assert not StoryPage.objects.live().exists()


def test_an_english_page_ends_with_a_chinese_one_that_was_taken_off_before(named, english, consent):
    named.unpublish()
    type(consent).objects.update(until=timezone.localdate() - dt.timedelta(days=1))
    follow_schedule(now=timezone.now())
    assert not StoryPage.objects.live().exists()


def test_an_english_page_with_a_valid_consent_of_its_own_stays(named, english, consent):
    english.names_person, english.consent = True, new_consent(covers_words=True)
    publish(english)
    type(consent).objects.filter(pk=consent.pk).update(until=dt.date(2026, 1, 6))
    follow_schedule(now=timezone.now())
    assert StoryPage.objects.live().get().pk == english.pk


def test_the_pictures_and_all_their_files_are_gone(
    client, tell, portrait, consent, django_capture_on_commit_callbacks
):
    other = tell(2, image=portrait, body=[("picture", {"image": portrait.pk})])
    files = [Path(size.file.path) for size in portrait.renditions.all()]
    files.append(Path(portrait.file.path))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(consent)
    assert not any(file.exists() for file in files)
    assert not PageImage.objects.exists()
    html = client.get("/stories/s2/").content.decode()
    assert other.title in html
    assert portrait.alt_text not in html


def test_nothing_is_half_done(named, portrait, consent, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("cms.stories.services.remove_pictures_of", fail)
    with pytest.raises(RuntimeError):
        withdraw(consent)
    consent.refresh_from_db()
    assert consent.withdrawn_on is None
    assert StoryPage.objects.get().live
    assert portrait.renditions.count() == 6


def test_pages_that_were_kept_are_forgotten_after_the_commit(
    named, consent, django_capture_on_commit_callbacks
):
    mark = kept_pages.current_mark()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(consent)
        assert cache.get(kept_pages.MARK) == mark
    assert kept_pages.current_mark() != mark


def test_a_second_withdrawal_changes_nothing(named, consent):
    withdraw(consent)
    with pytest.raises(WithdrawnAlready):
        withdraw(consent, User.objects.create_user("late@example.com"))
    consent.refresh_from_db()
    assert consent.withdrawn_by is None


def test_stories_of_others_stay(client, tell, named, consent):
    tell(2, names_person=True, consent=new_consent(person="李叔", covers_words=True))
    tell(3)
    withdraw(consent)
    assert [client.get(f"/stories/s{n}/").status_code for n in (1, 2, 3)] == [404, 200, 200]


def test_a_consent_that_ends_by_itself_ends_at_midnight(
    client, named, portrait, consent, time_machine, django_capture_on_commit_callbacks
):
    type(consent).objects.update(until=timezone.localdate())
    follow_schedule(now=timezone.now())
    assert client.get("/stories/s1/").status_code == 200
    time_machine.move_to(timezone.now() + dt.timedelta(days=1))
    assert client.get("/stories/s1/").status_code == 404
    assert "王大娘的窖" in client.get("/stories/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        follow_schedule(now=timezone.now())
    assert "王大娘的窖" not in client.get("/stories/").content.decode()
    assert not portrait.renditions.exists()
    assert PageImage.objects.get().file.storage.exists(portrait.file.name)
