"""Specialties, kept by operators: names, words, picture, order."""

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from catalog.models import Category
from marketplace.dashboard.models import Change
from marketplace.shop.vocabulary import SPECIALTY, build_vocabulary
from tests.factories import ProductFactory, specialty
from tests.factories.files import BAD_PHOTOS, photo
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/specialties/"
TYPED = {
    "name": "胡麻",
    "name_en": "Flax",
    "tagline": "蓝花结籽",
    "tagline_en": "Blue flowers",
    "description": "阴山北麓的胡麻。",
    "description_en": "Flax from the north slope.",
    "colour": "near",
}


@pytest.fixture
def oat() -> Category:
    return specialty()


@pytest.fixture
def quinoa(oat) -> Category:
    return specialty("quinoa", "藜麦")


def names():
    return list(Category.objects.specialties().values_list("name", flat=True))


def stored_files() -> list[str]:
    is_there = default_storage.exists("categories")
    return sorted(default_storage.listdir("categories")[1]) if is_there else []


def test_a_new_specialty_stands_last_and_in_the_shops_filters(office, operator, oat):
    assert office.post(f"{LIST}new/", TYPED)["Location"] == LIST
    made = Category.objects.get(name="胡麻")
    assert names() == ["燕麦", "胡麻"]
    assert (made.depth, made.slug, made.name_en) == (1, "hu-ma", "Flax")
    change = Change.objects.get()
    assert (change.room, change.subject, change.by, change.at, change.before) == (
        "specialty",
        str(made.pk),
        operator,
        NOW,
        None,
    )
    assert change.after == TYPED | {"picture": ""}
    assert "Flax" in {term.label for term in build_vocabulary()[SPECIALTY].values()}


def test_a_change_shows_at_once_and_leaves_the_address_alone(office, oat):
    slug = oat.slug
    office.post(f"{LIST}{oat.pk}/", TYPED)
    oat.refresh_from_db()
    assert (oat.name, oat.description, oat.slug) == (
        "胡麻",
        TYPED["description"],
        slug,
    )
    page = office.get(f"{LIST}{oat.pk}/").content.decode()
    assert "Name: 燕麦 → 胡麻" in page
    assert "Tagline: — → 蓝花结籽" in page


def test_saving_what_is_there_leaves_no_trace(office, oat):
    shown = office.get(f"{LIST}{oat.pk}/").context["form"].initial
    office.post(f"{LIST}{oat.pk}/", {**shown, "name_en": shown["name_en"]})
    assert not Change.objects.exists()


def test_a_photo_becomes_its_picture_and_the_old_one_is_shown_until_then(
    office, oat, django_capture_on_commit_callbacks
):
    oat.renditions = [{"name": "categories/old.webp", "width": 480, "height": 360}]
    oat.save()
    with django_capture_on_commit_callbacks() as callbacks:
        office.post(f"{LIST}{oat.pk}/", {**TYPED, "photo": photo(size=(1200, 900))})
    oat.refresh_from_db()
    assert oat.picture.src.endswith("/categories/old.webp")
    assert "A new picture is on its way" in office.get(f"{LIST}{oat.pk}/").content.decode()
    for callback in callbacks:
        callback()
    oat.refresh_from_db()
    assert (oat.coming, [row["width"] for row in oat.renditions]) == ("", [240, 480, 800])
    with oat.image.open() as file, Image.open(file) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (900, 1200), {})
    page = office.get(f"{LIST}{oat.pk}/").content.decode()
    assert "<li>A new picture</li>" in page
    office.post(f"{LIST}{oat.pk}/", {**TYPED, "tagline": "x"})
    kept = Category.objects.get(pk=oat.pk)
    assert (kept.image.name, kept.renditions) == (oat.image.name, oat.renditions)


@pytest.mark.parametrize(("make", "words"), BAD_PHOTOS)
def test_what_is_no_photo_is_said_beside_the_field_and_changes_nothing(office, oat, make, words):
    before = stored_files()
    response = office.post(f"{LIST}{oat.pk}/", {**TYPED, "photo": make()})
    assert list(response.context["form"].errors) == ["photo"]
    assert words in response.content.decode()
    assert 'value="胡麻"' in response.content.decode()
    assert (names(), stored_files()) == (["燕麦"], before)
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "长" * 21),
        ("name", "藜麦"),
        ("name", "最佳燕麦"),
        ("name_en", ""),
        ("tagline", "长" * 61),
        ("tagline", "国家级"),
        ("description", "长" * 2001),
        ("description", "能降血压"),
        ("colour", "pink"),
        ("name", "a\x00"),
    ],
)
def test_wrong_words_are_said_beside_the_field_and_change_nothing(
    office, oat, quinoa, field, value
):
    for path in (f"{LIST}{oat.pk}/", f"{LIST}new/"):
        response = office.post(path, TYPED | {field: value})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert "field--wrong" in response.content.decode()
    assert names() == ["燕麦", "藜麦"]
    assert not Change.objects.exists()


def test_a_refused_specialty_leaves_no_picture_behind(office, oat, quinoa):
    before = stored_files()
    office.post(f"{LIST}{oat.pk}/", {**TYPED, "name": "藜麦", "photo": photo(size=(800, 600))})
    assert stored_files() == before


def test_specialties_change_places_with_their_shelves_and_goods(office, oat, quinoa):
    good = ProductFactory(specialty=quinoa)
    quinoa.add_child(name="藜麦米", slug="rice")
    office.post(f"{LIST}{quinoa.pk}/move/up/")
    assert names() == ["藜麦", "燕麦"]
    moved = Category.objects.get(pk=quinoa.pk)
    assert [child.name for child in moved.get_children()] == ["藜麦米"]
    good.refresh_from_db()
    assert good.specialty == moved
    office.post(f"{LIST}{quinoa.pk}/move/up/")
    assert (names(), Change.objects.count()) == (["藜麦", "燕麦"], 1)
    office.post(f"{LIST}{quinoa.pk}/move/down/")
    assert names() == ["燕麦", "藜麦"]
    page = office.get(LIST).content.decode()
    assert page.index("One place back</li>") < page.index("One place forward</li>")


def test_what_is_no_specialty_is_not_found(office, oat):
    shelf = oat.add_child(name="燕麦米", slug="rice")
    for pk in (shelf.pk, 10**15):
        assert office.get(f"{LIST}{pk}/").status_code == 404
        assert office.post(f"{LIST}{pk}/", TYPED).status_code == 404
        assert office.post(f"{LIST}{pk}/move/up/").status_code == 404
    assert office.post(f"{LIST}{oat.pk}/move/away/").status_code == 404
    assert office.get(f"{LIST}{oat.pk}/move/up/").status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_any_length(office, db, count, django_assert_max_num_queries):
    for number in range(count):
        Category.add_root(name=f"货{number}", slug=f"s{number}")
    office.get(LIST)
    with django_assert_max_num_queries(8):
        assert office.get(LIST).content.decode().count("row--specialty") == count
