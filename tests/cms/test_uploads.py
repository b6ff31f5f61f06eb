"""What an editor uploads: refused in words, or stored without what the camera wrote."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cms.images.models import PageImage
from cms.images.services import make_page_renditions
from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db

GPS, MAKER, ORIENTATION, TURNED_RIGHT = 0x8825, 0x010F, 0x0112, 6


@pytest.fixture
def admin(client):
    client.force_login(User.objects.create_superuser("boss@example.com", "yanmai-xiangle-2026"))
    return client


def photo(kind="JPEG", size=(600, 400)):
    """As a phone takes it: turned, with place and maker."""
    image = Image.new("RGB", size, "#c28a1e")
    exif = Image.Exif()
    exif[MAKER] = "Somebody's phone"
    exif[ORIENTATION] = TURNED_RIGHT
    exif.get_ifd(GPS)[2] = (41.0, 5.0, 30.0)
    buffer = BytesIO()
    image.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def upload(client, data, name="field.jpg"):
    files = {"title": "field", "file": SimpleUploadedFile(name, data), "collection": "1"}
    return client.post("/cms/images/add/", {**files, "alt_text": "田野", "focal_point_x": ""})


def stored():
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


def refusals(response):
    return response.context["form"].errors["file"]


def assert_refused(response, before, words):
    assert response.status_code == 200
    assert words in refusals(response)[0]
    assert not PageImage.objects.exists()
    assert stored() == before


def test_an_upload_of_thirty_megabytes_is_refused_in_words(admin):
    before = stored()
    data = photo() + bytes(30 * 1024 * 1024)
    assert_refused(upload(admin, data), before, "20.0")


@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_a_picture_that_ends_too_early_is_refused_in_words(admin, keep):
    before = stored()
    data = photo(size=(1200, 800))
    assert_refused(upload(admin, data[: int(len(data) * keep)]), before, "损坏")


def test_a_file_that_is_no_picture_is_refused(admin):
    before = stored()
    assert_refused(upload(admin, b"<script>alert(1)</script>"), before, "不是有效的")


def test_a_small_file_with_too_many_pixels_is_refused(admin):
    """A PNG of one colour: 100 million pixels in some kilobytes."""
    before = stored()
    buffer = BytesIO()
    Image.new("1", (12000, 9000)).save(buffer, "PNG")
    assert_refused(upload(admin, buffer.getvalue(), "bomb.png"), before, "64000000")


def test_a_whole_picture_is_taken(admin):
    assert upload(admin, photo()).status_code == 302
    assert PageImage.objects.get().alt_text == "田野"


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("WEBP", "a.webp"), ("PNG", "a.png")]
)
def test_nothing_of_the_camera_is_stored_and_the_picture_stands_upright(kind, name):
    file = ImageFile(BytesIO(photo(kind)), name=name)
    image = PageImage.objects.create(title="field", file=file)
    assert (image.width, image.height) == (400, 600)
    make_page_renditions(image=image)
    files = [image.file, *(rendition.file for rendition in image.renditions.all())]
    for each in files:
        with Image.open(each.path) as written:
            assert dict(written.getexif()) == {}
            assert written.size[0] < written.size[1]
        assert b"Somebody's phone" not in Path(each.path).read_bytes()
    assert image.file_size == image.file.size


def test_no_words_of_a_png_are_stored():
    words = PngInfo()
    words.add_text("Author", "Somebody")
    words.add_itxt("Location", "在窑沟")
    buffer = BytesIO()
    Image.new("RGB", (60, 40), "#c28a1e").save(buffer, "PNG", pnginfo=words)
    file = ImageFile(BytesIO(buffer.getvalue()), name="c.png")
    image = PageImage.objects.create(title="field", file=file)
    written = Path(image.file.path).read_bytes()
    assert b"Somebody" not in written
    assert "在窑沟".encode() not in written
    with Image.open(image.file.path) as kept:
        assert (kept.format, kept.size) == ("PNG", (60, 40))


def test_a_picture_without_such_words_is_stored_as_it_came():
    buffer = BytesIO()
    Image.new("RGB", (60, 40)).save(buffer, "JPEG")
    image = PageImage.objects.create(
        title="field", file=ImageFile(BytesIO(buffer.getvalue()), name="b.jpg")
    )
    assert Path(image.file.path).read_bytes() == buffer.getvalue()
