"""What people hand in: kept clean, or refused in words."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from marketplace import uploads
from marketplace.uploads import read_paper
from tests.factories.files import GPS_TAG, PDF, SVG, named_photo, pdf, photo


@pytest.fixture(autouse=True)
def english(chinese):
    translation.activate("en")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_upright_and_without_its_place(form):
    kept = read_paper(photo(form=form))
    assert kept.name.endswith(".jpg")
    assert "IMG" not in kept.name
    with Image.open(BytesIO(kept.read())) as image:
        assert (image.format, image.size) == ("JPEG", (30, 40))
        assert not image.getexif().get_ifd(GPS_TAG)
        assert not dict(image.getexif())


def test_a_large_photo_is_made_smaller():
    kept = read_paper(photo(size=(4000, 3000)))
    with Image.open(BytesIO(kept.read())) as image:
        assert max(image.size) == uploads.LONGEST_SIDE


def test_a_pdf_is_kept_as_it_is():
    kept = read_paper(pdf())
    assert (kept.read(), kept.name[-4:]) == (PDF, ".pdf")


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (named_photo(SVG), "no picture and no PDF"),
        (named_photo(b""), "no picture and no PDF"),
        (named_photo(b"MZ" + b"\0" * 100), "no picture and no PDF"),
        (named_photo(b"GIF89a" + b"\0" * 100), "no picture and no PDF"),
        (named_photo(photo().read()[:200]), "no picture and no PDF"),
        (named_photo(b"\xff\xd8\xff" + b"\0" * 50 * 1024 * 1024), "has 50 MB"),
        (pdf(PDF[:-20]), "its end is missing"),
        (pdf(b"%PDF-1.4 /Encrypt " + PDF), "locked with a password"),
        (pdf(b"%PDF-1.4 /OpenAction << /JavaScript (x) >> " + PDF), "contains a program"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(upload, words):
    with pytest.raises(ValidationError) as refusal:
        read_paper(upload)
    assert words in refusal.value.message


@pytest.mark.parametrize("most", [1000, 1])
def test_a_picture_of_too_many_points_is_not_opened(monkeypatch, most):
    monkeypatch.setattr(uploads, "MOST_PIXELS", most)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
    with pytest.raises(ValidationError):
        read_paper(photo())
