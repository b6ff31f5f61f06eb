"""A new good, step by step, from the clerk's phone to the shelf."""

import pytest

from catalog.models import Product, ProductClass
from marketplace.listings.models import Proposal
from tests.factories.listings import draft_of, ready, submitted, texts
from tests.marketplace.dashboard.wizard.steps import GOODS, REVIEW, fresh, path, send, text_of
from tests.marketplace.test_photos import photo

pytestmark = pytest.mark.django_db


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


def test_what_is_with_the_market_leads_from_its_steps_to_its_page(clerk, mill):
    proposal = submitted(mill)
    assert clerk.get(path(proposal, "what"))["Location"] == path(proposal)
    assert clerk.post(path(proposal, "what"), {"title": "x"})["Location"] == path(proposal)
    assert "Take it back" in text_of(clerk.get(path(proposal)))
    clerk.post(path(proposal, "move"), {"move": "take_back"})
    clerk.post(path(proposal, "move"), {"move": "discard"})
    assert fresh(proposal).state == "discarded"
    assert "石磨莜面粉" not in text_of(clerk.get(GOODS))
