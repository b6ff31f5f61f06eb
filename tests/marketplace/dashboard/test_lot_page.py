"""One lot on a phone: released, told about, given papers, labelled."""

from datetime import date

import pytest

from tests.factories.files import SVG, named_photo, pdf, photo, private_files
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY
from tests.marketplace.dashboard.lots import everything, good_of, path
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db


def test_released_with_all_papers_it_says_so_to_everybody(clerk, maker, client):
    product = good_of(maker, "fresh_produce")
    lot = lot_of(product, "L-1", DAY, paper_of("conformity_certificate"), state="held")
    assert client.get("/en/trace/L-1/").status_code == 404
    page = clerk.get(path("L-1")).content.decode()
    assert "Release the lot" in page
    response = clerk.post(path("L-1", "release"), follow=True)
    assert "Released: packs of this lot may be sold and sent." in response.content.decode()
    lot.refresh_from_db()
    assert (lot.state, lot.released_by.email) == ("released", "clerk@example.com")
    assert client.get("/en/trace/L-1/").status_code == 200


def test_without_its_papers_it_is_not_released_and_they_are_named(clerk, maker):
    lot_of(good_of(maker, "meat"), "L-1", state="held")
    before = everything()
    page = clerk.post(path("L-1", "release"), follow=True).content.decode()
    assert "Still missing: Animal quarantine certificate, Meat quality" in page
    assert "Release the lot" not in page
    assert everything() == before


def test_a_lot_that_was_released_meanwhile_is_not_released_twice(clerk, maker):
    lot_of(good_of(maker), "L-1")
    before = everything()
    page = clerk.post(path("L-1", "release"), follow=True).content.decode()
    assert "The lot is “Released” now. Nothing was changed." in page
    assert everything() == before


def paper_path(maker, paper) -> str:
    return f"/en/dashboard/c/{maker.slug}/papers/{paper.pk}/"


PAPER = {"kind": "test_report", "number": "T-9", "issuer": "检测中心", "valid_from": "2026-11-20"}


def test_a_report_is_put_to_the_lot(clerk, maker):
    lot = lot_of(good_of(maker), "L-1")
    response = clerk.post(path("L-1", "paper"), PAPER)
    assert response["Location"] == path("L-1")
    assert (lot.papers.get().number, lot.papers.get().holder) == ("T-9", "北坡（虚构）")
    assert "T-9" in clerk.get(path("L-1")).content.decode()


def test_the_photo_of_a_paper_comes_with_it_or_later_and_is_not_exchanged(clerk, maker):
    lot = lot_of(good_of(maker), "L-1")
    clerk.post(path("L-1", "paper"), PAPER | {"file": photo()})
    with_it = lot.papers.get()
    assert clerk.get(paper_path(maker, with_it))["Content-Type"] == "image/jpeg"
    clerk.post(path("L-1", "paper"), PAPER | {"number": "T-10"})
    later = lot.papers.get(number="T-10")
    assert clerk.get(paper_path(maker, later)).status_code == 404
    adding = path("L-1", f"paper/{later.pk}")
    assert adding in clerk.get(path("L-1")).content.decode()
    assert clerk.post(adding, {"file": pdf()})["Location"] == path("L-1")
    later.refresh_from_db()
    kept = later.file.name
    page = clerk.post(adding, {"file": pdf()}).content.decode()
    assert "The photo of this paper is here already." in page
    later.refresh_from_db()
    assert later.file.name == kept


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (named_photo(SVG), "This is no picture and no PDF."),
        (pdf(b"%PDF-1.4 /JavaScript startxref %%EOF"), "This PDF contains a program."),
        (named_photo(b"x" * 50_000_000), "10 MB are allowed"),
        ("", "Choose a photo or a PDF."),
    ],
    ids=["script", "program", "large", "none"],
)
def test_what_is_no_paper_is_not_kept_with_the_lot(clerk, maker, file, words):
    lot = lot_of(good_of(maker), "L-1", DAY, paper_of("test_report"))
    before, kept = everything(), private_files()
    page = clerk.post(path("L-1", f"paper/{lot.papers.get().pk}"), {"file": file})
    assert words in page.content.decode()
    page = clerk.post(path("L-1", "paper"), PAPER | {"file": file or named_photo(SVG)})
    assert page.status_code == 200
    assert (everything(), private_files()) == (before, kept)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "business_licence"},
        {"kind": ""},
        {"number": ""},
        {"number": "x" * 300},
        {"number": "KNOWN"},
        {"issuer": ""},
        {"valid_from": "soon"},
        {"valid_until": "2026-11-01"},
    ],
)
def test_a_paper_that_cannot_be_is_refused_beside_its_field(clerk, maker, changes):
    lot_of(good_of(maker), "L-1", DAY, paper_of("test_report", "KNOWN"))
    before = everything()
    response = clerk.post(path("L-1", "paper"), {**PAPER, **changes})
    assert response.status_code == 200
    assert "field--wrong" in response.content.decode()
    assert everything() == before


EVENT = {"kind": "processing", "on": "2026-11-01", "title": "磨面", "detail": "", "place": "磨坊"}


def test_an_event_is_added_and_a_correction_keeps_what_it_corrects(clerk, maker):
    lot = lot_of(good_of(maker), "L-1", date(2026, 11, 2))
    assert clerk.post(path("L-1", "event"), EVENT)["Location"] == path("L-1")
    wrong = lot.events.get(title="磨面")
    form = clerk.get(path("L-1", "event"), {"corrects": wrong.pk}).content.decode()
    assert f'name="corrects" value="{wrong.pk}"' in form
    assert 'value="磨面"' in form
    again = {**EVENT, "title": "石磨", "corrects": wrong.pk}
    clerk.post(f"{path('L-1', 'event')}?corrects={wrong.pk}", again)
    page = clerk.get(path("L-1")).content.decode()
    assert lot.events.get(title="石磨").corrects == wrong
    assert page.count("Corrected by a later entry") == 1
    assert "磨面" in page
    assert clerk.get(path("L-1", "event"), {"corrects": wrong.pk}).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "magic"},
        {"on": "2026-11-24"},
        {"on": "2026-11-22"},
        {"title": ""},
        {"title": "x" * 300},
        {"detail": "x" * 300},
        {"corrects": "999999"},
        {"corrects": "x"},
    ],
)
def test_an_event_that_cannot_be_is_refused_in_words(clerk, maker, changes):
    lot_of(good_of(maker), "L-1", date(2026, 11, 2))
    before = everything()
    response = clerk.post(path("L-1", "event"), {**EVENT, **changes})
    assert response.status_code == 200
    assert "field__error" in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("asked", ["x", "0", "9" * 40])
def test_an_event_that_is_not_there_cannot_be_corrected(clerk, maker, asked):
    lot_of(good_of(maker), "L-1")
    assert clerk.get(path("L-1", "event"), {"corrects": asked}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "printed"),
    [("", 12), ("3", 3), ("0", 1), ("999", 120), ("99999", 12), ("x", 12), ("-1", 12)],
)
def test_labels_carry_a_code_that_leads_to_the_public_page(clerk, maker, settings, asked, printed):
    settings.SITE_URL = "https://yinshan.example"
    lot_of(good_of(maker, title="燕麦片"), "L-1", date(2026, 11, 2))
    response = clerk.get(path("L-1", "labels"), {"labels": asked})
    page = response.content.decode()
    assert response.context["code"].text == "https://yinshan.example/trace/L-1/"
    assert page.count('<article class="pack-label">') == printed
    assert "2026-11-02" in page


def test_only_the_owner_is_shown_the_way_to_a_recall(client, clerk, maker):
    lot_of(good_of(maker), "L-1")
    assert path("L-1", "recall") not in clerk.get(path("L-1")).content.decode()
    client.force_login(member_of(maker, "owner", "owner"))
    assert path("L-1", "recall") in client.get(path("L-1")).content.decode()


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_costs_the_same_for_any_number_of_papers(
    clerk, maker, count, django_assert_max_num_queries
):
    papers = [paper_of("test_report", f"T-{number}") for number in range(count)]
    lot_of(good_of(maker), "L-1", DAY, *papers)
    clerk.get(path("L-1"))
    with django_assert_max_num_queries(14):
        page = clerk.get(path("L-1")).content.decode()
    assert sum(f"T-{number}" in page for number in range(count)) == count
