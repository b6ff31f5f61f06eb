"""A picture leaves every page on the day on which its consent ends, and its files go with it."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from cms.images.models import PageImage
from cms.images.services import make_page_renditions
from cms.images.tasks import follow_consents, make_renditions_of
from tests.cms.conftest import lead, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(story, portrait):
    """A public page with the portrait at its head and in its text."""
    make_page_renditions(image=portrait)
    return publish(story, image=portrait, body=[("picture", {"image": portrait.pk})])


@pytest.fixture
def withdraw(consent):
    def withdraw(**values):
        for name, value in (values or {"withdrawn_on": timezone.localdate()}).items():
            setattr(consent, name, value)
        consent.save()

    return withdraw


def files_of(image):
    return [Path(rendition.file.path) for rendition in image.renditions.all()]


@pytest.mark.parametrize("field", ["until", "withdrawn_on"])
def test_a_page_shows_a_picture_until_its_consent_ends(client, shown, portrait, withdraw, field):
    html = client.get("/story/").content.decode()
    assert html.count(portrait.alt_text) == 3  # head, text, and what messengers are told
    withdraw(**{field: timezone.localdate() - dt.timedelta(days=1)})
    html = client.get("/story/").content.decode()
    assert "下窖那天" in html
    assert portrait.alt_text not in html
    assert "<picture>" not in html
    assert "img/share.jpg" in html


def test_the_head_of_home_stands_without_its_picture(client, home, portrait, withdraw):
    publish(home, body=[lead(portrait)])
    withdraw()
    html = client.get("/").content.decode()
    assert "两麦一薯一羊" in html
    assert 'src=""' not in html
    assert portrait.alt_text not in html


def test_its_files_are_deleted_once_and_not_made_again(
    shown, portrait, image, withdraw, django_capture_on_commit_callbacks
):
    make_page_renditions(image=image)
    files, others = files_of(portrait), files_of(image)
    assert len(files) == 6
    with django_capture_on_commit_callbacks(execute=True):
        withdraw()
    assert not any(file.exists() for file in files)
    assert all(file.exists() for file in others)
    make_renditions_of(portrait.pk)
    assert not portrait.renditions.exists()


def test_a_consent_that_ends_by_itself_takes_the_files_too(
    shown, portrait, withdraw, time_machine, django_capture_on_commit_callbacks
):
    withdraw(until=timezone.localdate())
    follow_consents()
    assert portrait.renditions.count() == 6
    time_machine.move_to(timezone.now() + dt.timedelta(days=1))
    files = files_of(portrait)
    with django_capture_on_commit_callbacks(execute=True):
        follow_consents()
    assert not any(file.exists() for file in files)


def test_what_ended_by_mistake_comes_back(
    client, shown, portrait, withdraw, django_capture_on_commit_callbacks
):
    for day in (timezone.localdate() - dt.timedelta(days=1), None):
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(until=day)
    assert portrait.renditions.count() == 6
    assert portrait.alt_text in client.get("/story/").content.decode()


def test_a_picture_tied_to_a_consent_while_it_was_withdrawn_is_deleted(
    shown, portrait, image, consent, django_capture_on_commit_callbacks
):
    type(consent).objects.update(withdrawn_on=timezone.localdate())
    files = [*files_of(portrait), Path(portrait.file.path)]
    with django_capture_on_commit_callbacks(execute=True):
        follow_consents()
    assert PageImage.objects.get() == image
    assert not any(file.exists() for file in files)


def test_sizes_that_nobody_could_order_are_made_later(image):
    """The broker was away when the picture was uploaded."""
    assert not image.renditions.exists()
    follow_consents()
    assert PageImage.objects.get().renditions.count() == 6


def test_the_timetable_follows_consents_each_hour(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["follow-consents"]
    assert entry == {"task": follow_consents.name, "schedule": 3600.0}
