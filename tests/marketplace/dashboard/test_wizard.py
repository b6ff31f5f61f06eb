"""A new good and a change of one, step by step, from the clerk's phone to the market's answer."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.models import Product, ProductClass
from marketplace.listings.models import Proposal
from marketplace.listings.services import submit, take_back
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.files import named_photo, pdf
from tests.factories.listings import change_of, draft_of, ready, shelf_of, submitted, texts
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.walking import member_of
from tests.marketplace.test_photos import SVG, photo

pytestmark = pytest.mark.django_db

GOODS = "/en/dashboard/c/mill/goods/"
REVIEW = "/en/dashboard/goods/"


@pytest.fixture
def mill():
    return CooperativeFactory(slug="mill")


@pytest.fixture
def clerk(client, mill):
    client.force_login(member_of(mill, "clerk", "clerk"))
    return client


def path(proposal, step="") -> str:
    tail = f"{step}/" if step else ""
    return f"{GOODS}proposals/{proposal.pk}/{tail}"


def fresh(proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def send(clerk, proposal, step, follow=True, **data):
    data = {"seen": fresh(proposal).version} | data
    return clerk.post(path(proposal, step), data, follow=follow)


def text_of(response) -> str:
    return response.content.decode()


def test_a_new_good_from_its_kind_to_the_shelf(clerk, mill, office_of, committed):
    regime = ProductClass.objects.get(slug="processed")
    clerk.post(f"{GOODS}new/", {"regime": regime.pk})
    proposal = Proposal.objects.get()
    what = {name: texts()[name] for name in ("title", "title_en", "category", "storage")}
    page = send(clerk, proposal, "what", township=mill.township_id, **what)
    assert "Ingredients" in text_of(page)
    names = ("summary", "description", "shelf_life", "shelf_life_days", "ingredients", "standard")
    page = send(clerk, proposal, "words", **{name: texts()[name] for name in names})
    assert "Pack 1" in text_of(page)
    page = send(clerk, proposal, "packs", **packs({"amount": "2.5", "unit": "kg"}))
    assert "The first picture stands on the shelf" in text_of(page)
    with committed(execute=True):
        page = send(clerk, proposal, "pictures", photo=photo())
    assert "Take out" in text_of(page)
    page = clerk.post(
        path(proposal, "move"), {"move": "submit", "seen": fresh(proposal).version}, follow=True
    )
    assert "Sent to the market" in text_of(page)
    assert "Food production licence (SC) of your business is missing" in text_of(page)

    office = office_of()
    assert "石磨莜面粉" in text_of(office.get(REVIEW))
    page = office.get(f"{REVIEW}{proposal.pk}/")
    assert "2.5kg, ¥39.00, 40 packs, from 1 upwards" in text_of(page)
    decision = {"decision": "approve", "seen": fresh(proposal).version}
    page = office.post(f"{REVIEW}{proposal.pk}/", decision, follow=True)
    assert "Approved: it is live." in text_of(page)
    good = Product.objects.get(structure="parent")
    assert (good.title, good.children.get().title) == ("石磨莜面粉", "2.5kg")
    [row] = [image.renditions for image in good.images.all()]
    assert [size["width"] for size in row] == [240, 480, 800]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done after the commit is done when the block ends."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def office_of(client, operator):
    def seat():
        client.force_login(operator)
        return client

    return seat


def packs(*rows, **more) -> dict:
    full = {
        "price": "39.00",
        "stock": "40",
        "minimum_quantity": "1",
        "title": "",
        "gross_grams": "",
    }
    data = {"pack-TOTAL_FORMS": len(rows) + 1, "pack-INITIAL_FORMS": 0} | more
    for number, row in enumerate(rows):
        data |= {f"pack-{number}-{name}": value for name, value in (full | row).items()}
    return data | {f"pack-{len(rows)}-unit": "kg", f"pack-{len(rows)}-minimum_quantity": "1"}


def test_an_emptied_pack_is_left_out(clerk, mill):
    proposal = draft_of(mill)
    one, two = {"amount": "1", "unit": "kg"}, {"amount": "500", "unit": "ml", "title": "500ml×2"}
    send(clerk, proposal, "packs", **packs(one, two))
    kept = fresh(proposal).content["packs"]
    assert [(pack["title"], pack["net_grams"], pack["net_ml"]) for pack in kept] == [
        ("1kg", 1000, None),
        ("500ml×2", None, 500),
    ]
    page = text_of(clerk.get(path(proposal, "packs")))
    assert 'value="500ml×2"' in page
    emptied = packs({"amount": "", "unit": "kg", "price": "", "stock": ""}, two)
    send(clerk, proposal, "packs", **emptied | {"pack-INITIAL_FORMS": 2})
    assert [pack["title"] for pack in fresh(proposal).content["packs"]] == ["500ml×2"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"amount": "", "unit": "kg"}, "This field is required."),
        ({"amount": "0", "unit": "kg"}, "greater than or equal to 0.01"),
        ({"amount": "1", "unit": "斤"}, "not one of the available choices"),
        ({"amount": "1", "unit": "kg", "price": "0"}, "greater than or equal to 0.10"),
        ({"amount": "1", "unit": "kg", "price": "1e12"}, "less than or equal to 99999"),
        ({"amount": "1", "unit": "kg", "stock": "-3"}, "greater than or equal to 0"),
        ({"amount": "1", "unit": "kg", "minimum_quantity": "0"}, "greater than or equal to 1"),
        ({"amount": "1", "unit": "kg", "title": "x" * 300}, "at most 40 characters"),
    ],
)
def test_a_wrong_pack_is_said_beside_its_field_and_nothing_is_kept(clerk, mill, row, words):
    proposal = draft_of(mill)
    page = send(clerk, proposal, "packs", **packs(row))
    assert words in text_of(page)
    assert fresh(proposal).content["packs"] == []
    assert fresh(proposal).version == proposal.version


@pytest.mark.parametrize("total", ["", "x", "-1", "7", "99999"])
def test_a_tampered_number_of_packs_is_no_accident(clerk, mill, total):
    proposal = draft_of(mill)
    page = send(clerk, proposal, "packs", **packs(**{"pack-TOTAL_FORMS": total}))
    assert page.status_code == 200
    assert fresh(proposal).content["packs"] == []


@pytest.mark.parametrize(
    ("step", "data", "words"),
    [
        ("what", {"title": "x" * 300}, "at most 255 characters"),
        ("what", {"title": "面", "storage": "ambient_fresh"}, "Select a valid choice"),
        ("what", {"title": "面", "category": "999999"}, "Select a valid choice"),
        ("what", {"title": "面", "township": "110108012"}, "Select a valid choice"),
        ("words", {"summary": "好", "shelf_life_days": "-1"}, "greater than or equal to 0"),
        ("words", {"summary": "x" * 300}, "at most 255 characters"),
    ],
)
def test_a_wrong_text_is_said_beside_its_field_and_what_was_typed_stays(
    clerk, mill, step, data, words
):
    proposal = draft_of(mill)
    page = text_of(send(clerk, proposal, step, **data))
    assert words in page
    assert next(iter(data.values())) in page
    assert fresh(proposal).content == proposal.content


def test_words_that_may_not_be_there_are_flagged_while_typing_and_when_saved(clerk, mill):
    proposal = draft_of(mill)
    assert 'hx-target="#claims_summary"' in text_of(clerk.get(path(proposal, "words")))
    answer = text_of(clerk.post(f"{GOODS}words/", {"summary": "降血糖的好燕麦"}))
    assert "“降血糖” is a health claim" in answer
    assert "好" not in answer.replace("降血糖", "")
    assert text_of(clerk.post(f"{GOODS}words/", {"summary": "好燕麦"})).strip() == ""
    page = send(clerk, proposal, "words", summary="降血糖的好燕麦")
    assert page.redirect_chain[-1][0] == path(proposal, "words")
    assert "Some words may not stay" in text_of(page)
    assert "is a health claim" in text_of(page)
    assert fresh(proposal).content["summary"] == "降血糖的好燕麦"


def test_what_is_missing_is_named_where_it_is_mended_and_not_sent(clerk, mill):
    proposal = draft_of(mill)
    page = text_of(clerk.get(path(proposal)))
    assert "“Title” is still missing." in page
    assert "It needs at least one picture." in page
    page = clerk.post(
        path(proposal, "move"), {"move": "submit", "seen": proposal.version}, follow=True
    )
    assert "is still missing." in text_of(page)
    assert fresh(proposal).state == "draft"


@pytest.mark.parametrize("seen", ["", "x", "9" * 40, "1"])
def test_an_older_page_does_not_overwrite_and_keeps_what_was_typed(clerk, mill, seen):
    proposal = ready(mill)
    page = send(clerk, proposal, "words", seen=seen, summary="另一个店员写的")
    assert "Somebody has changed it meanwhile." in text_of(page)
    assert "另一个店员写的" in text_of(page)
    assert fresh(proposal).content == proposal.content


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


def test_a_change_is_shown_to_the_market_as_a_difference(clerk, mill, office_of):
    good = ProductFactory(cooperative=mill, title="燕麦片", summary="压得薄，煮得快。")
    clerk.post(f"{GOODS}{good.pk}/change/")
    first = Proposal.objects.get()
    assert clerk.post(f"{GOODS}{good.pk}/change/")["Location"] == path(first)
    assert "Go on with the change" in text_of(clerk.get(f"{GOODS}{good.pk}/"))
    assert "New sizes" in text_of(clerk.get(path(first)))
    page = text_of(clerk.get(path(first, "packs")))
    assert f"<span>{good.children.get().title}</span>" in page
    first.delete()
    proposal = change_of(good, title="燕麦片", summary="压得薄，两分钟就好。")
    submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    page = text_of(office_of().get(f"{REVIEW}{proposal.pk}/"))
    assert "压得薄，<del>煮得快。</del><ins>两分钟就好。</ins>" in page
    assert re.search(r'photo--new.*?<span class="small muted">new</span>', page, re.DOTALL)


def test_returned_with_reasons_the_cooperative_reads_them(mill, office_of, operator):
    proposal = submitted(mill)
    office = office_of()
    address = f"{REVIEW}{proposal.pk}/"
    seen = {"seen": proposal.version}
    page = office.post(address, seen | {"decision": "return", "reason": " "})
    assert "Please say what has to be changed" in text_of(page)
    assert fresh(proposal).state == "submitted"
    long = office.post(address, seen | {"decision": "return", "reason": "x" * 1001})
    assert "at most 1000 characters" in text_of(long)
    assert fresh(proposal).state == "submitted"
    office.post(address, seen | {"decision": "return", "reason": "请写清配料。"})
    office.force_login(member_of(mill, "owner", "owner"))
    page = text_of(office.get(path(proposal)))
    assert "The market asks you to change:" in page
    assert "请写清配料。" in page


@pytest.mark.parametrize(
    "data", [{}, {"decision": "x", "seen": 1}, {"decision": "approve"}, {"seen": "9" * 40}]
)
def test_a_tampered_decision_changes_nothing(mill, office_of, data):
    proposal = submitted(mill)
    assert office_of().post(f"{REVIEW}{proposal.pk}/", data).status_code == 200
    assert fresh(proposal).state == "submitted"
    assert not Product.objects.exists()


def test_what_was_taken_back_meanwhile_is_said_to_the_market(mill, office_of):
    proposal = submitted(mill)
    office = office_of()
    office.get(f"{REVIEW}{proposal.pk}/")
    take_back(proposal_id=proposal.pk, by=None, now=NOW)
    decision = {"decision": "approve", "seen": proposal.version}
    assert office.post(f"{REVIEW}{proposal.pk}/", decision).status_code == 404
    assert not Product.objects.exists()


@pytest.mark.parametrize("move", ["", "approve", "x"])
def test_an_unknown_move_is_not_found(clerk, mill, move):
    proposal = draft_of(mill)
    assert clerk.post(path(proposal, "move"), {"move": move}).status_code == 404
    assert clerk.get(path(proposal, "x")).status_code == 404


def test_what_is_with_the_market_leads_from_its_steps_to_its_page(clerk, mill):
    proposal = submitted(mill)
    assert clerk.get(path(proposal, "what"))["Location"] == path(proposal)
    assert clerk.post(path(proposal, "what"), {"title": "x"})["Location"] == path(proposal)
    assert "Take it back" in text_of(clerk.get(path(proposal)))
    clerk.post(path(proposal, "move"), {"move": "take_back"})
    clerk.post(path(proposal, "move"), {"move": "discard"})
    assert fresh(proposal).state == "discarded"
    assert "石磨莜面粉" not in text_of(clerk.get(GOODS))


@pytest.mark.parametrize("count", [1, 48])
def test_the_review_costs_the_same_for_any_length(
    mill, office_of, count, django_assert_max_num_queries
):
    shelf_of()
    for _ in range(count):
        submitted(mill)
    office = office_of()
    office.get(REVIEW)
    with django_assert_max_num_queries(12):
        assert text_of(office.get(REVIEW)).count("row__title") == count


def test_the_review_is_oldest_first(mill, office_of):
    late, early = submitted(mill, title="后来的"), submitted(mill, title="先来的")
    Proposal.objects.filter(pk=early.pk).update(submitted_at=NOW.replace(day=1))
    page = text_of(office_of().get(REVIEW))
    assert page.index("先来的") < page.index("后来的")
    assert late.pk < early.pk
