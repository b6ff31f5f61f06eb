"""Pictures and papers of a good that is being written."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories.files import named_photo, pdf
from tests.factories.listings import draft_of
from tests.marketplace.dashboard.wizard.steps import path, send, text_of
from tests.marketplace.test_photos import SVG, photo

pytestmark = pytest.mark.django_db


BAD_PHOTOS = [
    (lambda: SimpleUploadedFile("photo.jpg", SVG), "This is not a photo that can be read."),
    (lambda: photo("PNG", size=(12_000, 10_000), mode="1"), "too many pixels"),
    (lambda: SimpleUploadedFile("photo.jpg", b"\0" * (50 * 1024**2)), "at most 20 MB"),
    (lambda: SimpleUploadedFile("photo.jpg", b""), "The submitted file is empty."),
    (lambda: "no file", "This field is required."),
]


@pytest.mark.parametrize(("make", "words"), BAD_PHOTOS)
def test_a_bad_photo_is_refused_in_words_and_nothing_is_stored(clerk, mill, make, words):
    proposal = draft_of(mill)
    before = stored()
    page = send(clerk, proposal, "pictures", photo=make())
    assert words in text_of(page)
    assert not proposal.pictures.exists()
    assert stored() == before


def stored() -> set[str]:
    return set(default_storage.listdir("goods")[1]) if default_storage.exists("goods") else set()


def test_a_photo_is_kept_upright_without_its_place_and_goes_when_it_is_taken_out(
    clerk, mill, committed
):
    proposal = draft_of(mill)
    before = stored()
    with committed(execute=True):
        send(clerk, proposal, "pictures", photo=photo(size=(1200, 900)))
    picture = proposal.pictures.get()
    with picture.file.open() as file, Image.open(BytesIO(file.read())) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1200, 900), {})
    assert [row["width"] for row in picture.renditions] == [240, 480, 800]
    assert len(stored() - before) == 4
    with committed(execute=True):
        clerk.post(path(proposal, "pictures"), {"remove": picture.pk})
    assert not proposal.pictures.exists()
    assert stored() == before


def test_another_picture_is_put_first(clerk, mill):
    proposal = draft_of(mill)
    keys = [proposal.pictures.create(file=f"goods/{n}.jpg", place=n).pk for n in range(3)]
    clerk.post(path(proposal, "pictures"), {"first": keys[2]})
    order = list(proposal.pictures.order_by("place").values_list("pk", flat=True))
    assert order == [keys[2], keys[0], keys[1]]
    clerk.post(path(proposal, "pictures"), {"first": "999999"})
    assert list(proposal.pictures.order_by("place").values_list("pk", flat=True)) == order


def test_at_most_nine_pictures(clerk, mill):
    proposal = draft_of(mill)
    for number in range(9):
        proposal.pictures.create(file=f"goods/{number}.jpg", place=number)
    page = send(clerk, proposal, "pictures", photo=photo())
    assert "at most 9 pictures" in text_of(page)
    assert proposal.pictures.count() == 9


def test_papers_are_added_taken_out_and_refused_in_words(clerk, mill):
    proposal = draft_of(mill)
    facts = {
        "kind": "organic_certificate",
        "number": "O-1",
        "issuer": "认证中心",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
    }
    assert "Choose a photo or a PDF." in text_of(send(clerk, proposal, "papers", **facts))
    wrong = named_photo(SVG)
    page = text_of(send(clerk, proposal, "papers", file=wrong, **facts))
    assert "This is no picture and no PDF." in page
    assert 'value="O-1"' in page
    assert not proposal.papers.exists()
    assert "O-1" in text_of(send(clerk, proposal, "papers", file=pdf(), **facts))
    paper = proposal.papers.get()
    page = clerk.get(f"{path(proposal)}papers/{paper.pk}/")
    assert (page["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")
    page = text_of(send(clerk, proposal, "papers", file=pdf(), **facts))
    assert "This paper is here already." in page
    late = facts | {"number": "O-2", "valid_until": "2025-01-01", "file": pdf()}
    assert "cannot end before it begins" in text_of(send(clerk, proposal, "papers", **late))
    other = facts | {"kind": "business_licence"}
    assert "Select a valid choice" in text_of(send(clerk, proposal, "papers", **other))
    long = facts | {"number": "x" * 300}
    assert "at most 60 characters" in text_of(send(clerk, proposal, "papers", **long))
    paper = proposal.papers.get()
    assert paper.valid_until == date(2026, 12, 31)
    clerk.post(path(proposal, "papers"), {"remove": paper.pk})
    assert not proposal.papers.exists()
