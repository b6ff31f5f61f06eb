"""Pictures of specialties and producers, exchanged without ever showing none."""

import pytest
from django.core.files.storage import default_storage

from catalog.models import Category
from catalog.portraits import put_badge, put_picture
from catalog.tasks import show_picture, show_waiting_pictures
from marketplace import portraits
from tests.factories import CooperativeFactory, specialty
from tests.factories.files import photo

pytestmark = pytest.mark.django_db
KIND = "catalogue.category"


def stored_files() -> set[str]:
    there = default_storage.exists("categories")
    return set(default_storage.listdir("categories")[1]) if there else set()


def a_photo() -> bytes:
    return photo(size=(600, 500)).read()


def test_pictures_that_came_while_the_broker_was_away_are_shown_later(dead_broker, monkeypatch):
    oat, maker = specialty(), CooperativeFactory()
    put_picture(row=oat, photo=a_photo())
    put_badge(cooperative_id=maker.pk, photo=a_photo())
    queued = []
    monkeypatch.setattr(show_picture, "delay", lambda *args: queued.append(args))
    show_waiting_pictures()
    assert sorted(queued) == [(KIND, oat.pk), ("producers.cooperative", maker.pk)]
    for args in queued:
        show_picture(*args)
    for row in (oat, maker):
        row.refresh_from_db()
        assert (row.coming, bool(row.renditions)) == ("", True)
    queued.clear()
    show_waiting_pictures()
    assert queued == []


def test_of_two_that_come_at_once_the_later_is_shown_and_sizes_of_the_other_go(monkeypatch):
    oat = specialty()
    first = put_picture(row=oat, photo=a_photo())
    made = portraits.make_renditions
    later = []

    def overtaken(file, widths):
        if not later:
            later.append(put_picture(row=Category.objects.get(pk=oat.pk), photo=a_photo()))
        return made(file, widths)

    monkeypatch.setattr(portraits, "make_renditions", overtaken)
    show_picture(KIND, oat.pk)
    oat.refresh_from_db()
    assert (oat.coming, oat.renditions) == (later[0], [])
    stem = first.removeprefix("categories/").removesuffix(".jpg")
    assert {name for name in stored_files() if name.startswith(stem)} == {f"{stem}.jpg"}
    show_picture(KIND, oat.pk)
    oat.refresh_from_db()
    assert (oat.coming, oat.image.name) == ("", later[0])


def test_a_picture_of_what_is_gone_is_no_error_and_stores_nothing():
    before = stored_files()
    show_picture(KIND, 10**9)
    assert stored_files() == before
