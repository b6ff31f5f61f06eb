"""Photos from phones: upright, without where and when; what is no photo is refused in words."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from marketplace import photos
from marketplace.photos import PhotoRefused, clean_photo

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def photo(kind="JPEG", size=(900, 600), mode="RGB", name="photo.jpg", **save) -> SimpleUploadedFile:
    image = Image.new(mode, size, "red")
    buffer = BytesIO()
    image.save(buffer, kind, **save)
    return SimpleUploadedFile(name, buffer.getvalue())


def from_camera() -> SimpleUploadedFile:
    """Held upright: the sensor's left is the top; the phone wrote down who, and where it was."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Phone"
    exif.get_ifd(GPS)[2] = (41.0, 5.0, 0.0)
    image = Image.new("RGB", (900, 600), "red")
    image.paste("blue", (0, 0, 450, 600))
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", buffer.getvalue())


def test_a_photo_is_turned_upright_and_says_no_more_where_it_was_taken():
    sent = from_camera()
    assert b"Phone" in sent.read()
    clean = clean_photo(sent)
    with Image.open(BytesIO(clean)) as image:
        assert image.size == (600, 900)
        top, bottom = image.getpixel((300, 50)), image.getpixel((300, 850))
        assert top[2] > 200 > top[0]
        assert bottom[0] > 200 > bottom[2]
        assert not image.getexif()
    assert b"Phone" not in clean
    assert b"Exif" not in clean


@pytest.mark.parametrize(
    "sent",
    [
        photo("PNG", mode="RGBA"),
        photo("PNG", mode="P"),
        photo("PNG", mode="L"),
        photo("WEBP"),
        photo("JPEG", mode="CMYK"),
        photo("JPEG", name="photo.svg"),
    ],
)
def test_every_kind_becomes_a_plain_jpeg(sent):
    with Image.open(BytesIO(clean_photo(sent))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (900, 600))


def test_a_large_photo_is_made_smaller():
    with Image.open(BytesIO(clean_photo(photo(size=(5000, 2500))))) as image:
        assert image.size == (2400, 1200)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (SimpleUploadedFile("photo.jpg", SVG), "can be read"),
        (SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100), "can be read"),
        (SimpleUploadedFile("photo.jpg", photo().read()[:2000]), "can be read"),
        (SimpleUploadedFile("photo.jpg", b"%PDF-1.7"), "can be read"),
        (photo("GIF"), "can be read"),
        (photo(size=(399, 900)), "too small"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(sent, words):
    with override("en"), pytest.raises(PhotoRefused, match=words):
        clean_photo(sent)


def test_50_megabytes_are_refused_before_they_are_read():
    sent = SimpleUploadedFile("photo.jpg", b"")
    sent.size = 50 * 1024**2
    with override("en"), pytest.raises(PhotoRefused, match="at most 20 MB"):
        clean_photo(sent)


@pytest.mark.parametrize("size", [(9000, 8000), (12_000, 10_000), (20_000, 20_000)])
def test_a_small_file_with_far_too_many_pixels_is_refused(size, monkeypatch):
    bomb = photo("PNG", size=size, mode="1")
    assert bomb.size < 100_000
    loaded = []
    monkeypatch.setattr(photos.ImageOps, "exif_transpose", loaded.append)
    with override("en"), pytest.raises(PhotoRefused, match="at most 60 million"):
        clean_photo(bomb)
    assert loaded == []
