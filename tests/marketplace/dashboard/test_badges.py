"""The pictures of producers, exchanged by operators."""

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from marketplace.dashboard.models import Change
from tests.factories import CooperativeFactory
from tests.factories.files import BAD_PHOTOS, photo
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/pictures/"
PAGE = f"{LIST}beipo/"


def stored_files() -> list[str]:
    there = default_storage.exists("producers")
    return sorted(default_storage.listdir("producers")[1]) if there else []


def test_a_photo_becomes_the_producers_picture_and_the_change_is_kept(
    office, operator, maker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(PAGE, {"photo": photo(size=(1200, 900))})["Location"] == PAGE
    maker.refresh_from_db()
    assert (maker.coming, [row["width"] for row in maker.renditions]) == ("", [96, 240, 480])
    with maker.badge.open() as file, Image.open(file) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (900, 1200), {})
    change = Change.objects.get()
    assert (change.room, change.subject, change.by, change.at) == (
        "badge",
        str(maker.pk),
        operator,
        NOW,
    )
    assert (change.before, change.after) == ({"picture": ""}, {"picture": maker.badge.name})
    assert maker.picture.src in office.get(LIST).content.decode()
    assert maker.picture.src in office.get(maker.get_absolute_url()).content.decode()


def test_until_its_sizes_are_made_the_page_says_that_it_is_on_its_way(office, maker):
    office.post(PAGE, {"photo": photo(size=(1200, 900))})
    maker.refresh_from_db()
    assert (maker.badge.name, maker.renditions) == ("", [])
    assert "A new picture is on its way" in office.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("make", "words"), [*BAD_PHOTOS, (lambda: "no file", "Choose a photo."), (str, "Choose")]
)
def test_what_is_no_photo_is_said_beside_the_field_and_nothing_is_stored(
    office, maker, make, words
):
    before = stored_files()
    response = office.post(PAGE, {"photo": make()})
    assert words in response.content.decode()
    assert "field--wrong" in response.content.decode()
    maker.refresh_from_db()
    assert (maker.badge.name, maker.coming, maker.renditions) == ("", "", [])
    assert stored_files() == before
    assert not Change.objects.exists()


def test_without_producers_the_list_says_so(office, db):
    assert "No producers yet" in office.get(LIST).content.decode()


def test_a_producer_that_is_not_there_is_not_found(office, db):
    assert office.get(f"{LIST}mars/").status_code == 404
    assert office.post(f"{LIST}mars/", {"photo": photo(size=(800, 600))}).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_any_length(office, db, count, django_assert_max_num_queries):
    CooperativeFactory.create_batch(count)
    office.get(LIST)
    with django_assert_max_num_queries(7):
        assert office.get(LIST).content.decode().count("row--badge") == count
