"""Applying on a phone: kept as typed, papers added, handed in, withdrawn, refused in words."""

import pytest

from catalog.producers.models import (
    Application,
    ApplicationStep,
)
from tests.factories.admission import (
    application_of,
    draft_of,
    typed,
)
from tests.factories.files import SVG, named_photo, pdf, photo
from tests.marketplace.dashboard.admission.screens import (
    APPLY,
    PAPER,
    kept_files,
    page,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "n" * 61}, "name"),
        ({"kind": "workshop"}, "kind"),
        ({"township": "110108012"}, "township"),
        ({"summary": "a\x00b"}, "summary"),
        ({"benefit_text": "x" * 1001}, "benefit_text"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_stays_typed(phone, changes, field):
    response = phone.post(f"{APPLY}new/", typed(contact_name="李岚岚") | changes)
    assert list(response.context["form"].errors) == [field]
    assert "李岚岚" in response.content.decode()
    assert not Application.objects.exists()


def test_what_is_missing_when_handed_in_stands_beside_its_field(phone, grower):
    draft = draft_of(grower, summary="", contact_mobile="12345")
    response = phone.post(f"{page(draft)}submit/")
    assert response.status_code == 200
    assert sorted(response.context["form"].errors) == ["contact_mobile", "summary"]
    assert draft.name in response.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.steps.count()) == ("draft", 1)


def test_papers_are_added_shown_and_taken_away_while_it_is_in_hand(phone, grower):
    draft = draft_of(grower)
    old = draft.papers.get()
    path = f"{page(draft)}papers/"
    assert phone.post(f"{path}new/", {**PAPER, "file": photo()})["Location"] == page(draft)
    new = draft.papers.exclude(pk=old.pk).get()
    assert (new.number, new.holder) == ("91150125", draft.name)
    answer = phone.get(f"{path}{new.pk}/")
    assert (answer["Content-Type"], answer.headers.get("Content-Disposition", "")[:6]) == (
        "image/jpeg",
        "inline",
    )
    assert phone.get(f"{path}{old.pk}/")["Content-Disposition"].startswith("attachment")
    asked = text(phone, f"{path}{new.pk}/remove/")
    assert "Take this paper away?" in asked
    assert "go off sale" not in asked
    phone.post(f"{path}{new.pk}/remove/")
    assert list(draft.papers.all()) == [old]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"file": named_photo(SVG)}, "file"),
        ({"file": named_photo(b"\xff\xd8" + b"\0" * 11 * 1024 * 1024)}, "file"),
        ({"file": pdf(b"%PDF-1.4 and no end")}, "file"),
        ({"file": ""}, "file"),
        ({"number": ""}, "number"),
        ({"number": "9" * 61}, "number"),
        ({"kind": "meat_inspection"}, "kind"),
        ({"valid_from": "1912-01-01"}, "valid_from"),
        ({"valid_until": "2012-04-30"}, "valid_until"),
        ({"valid_from": "30.2."}, "valid_from"),
    ],
)
def test_a_wrong_paper_is_refused_beside_its_field_and_nothing_is_stored(
    phone, grower, changes, field
):
    draft = draft_of(grower)
    before = kept_files()
    given = {**PAPER, "file": photo(), **changes}
    if given["file"]:
        given["file"].seek(0)
    response = phone.post(f"{page(draft)}papers/new/", given)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert draft.papers.count() == 1
    assert kept_files() == before


def test_nothing_is_changed_under_the_eyes_of_others(phone, grower):
    application = application_of(grower)
    paper = application.papers.get()
    before = Application.objects.values().get()
    for path, given in (
        ("edit/", typed(name="别的")),
        ("submit/", {}),
        ("papers/new/", {**PAPER, "file": photo()}),
        (f"papers/{paper.pk}/remove/", {}),
    ):
        response = phone.post(f"{page(application)}{path}", given, follow=True)
        said = response.content.decode()
        assert "It has been handed in." in said or "from there it cannot go to" in said
    assert Application.objects.values().get() == before
    assert list(application.papers.all()) == [paper]


def test_withdrawing_asks_first_and_is_for_good(phone, grower):
    application = application_of(grower)
    path = f"{page(application)}withdraw/"
    assert "Withdraw the application?" in text(phone, path)
    phone.post(path, {"reason": "明年再来"})
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert "it cannot go to" in phone.post(path, {}, follow=True).content.decode()
    assert ApplicationStep.objects.filter(state="withdrawn").count() == 1
