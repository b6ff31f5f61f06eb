"""Words of pictures, and consents of the people in them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.images.forms import get_image_form
from wagtail.models import UploadedFile

from cms.images.forms import ConsentForm
from cms.images.models import PageImage, PictureConsent
from marketplace.uploads import private_storage
from tests.cms.conftest import picture_file, publish
from tests.factories.consents import new_consent
from tests.factories.files import named_photo, photo

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("uploads_closed"),
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"
    ),
]


def picture_form(prefix="", **values):
    data = {
        "title": "田野",
        "file": picture_file(size=(60, 40)),
        "description": "",
        "alt_text": "一片莜麦田",
        "alt_text_en": "",
        "credit": "",
        "consent": "",
        "tags": "",
        "focal_point_x": "",
        "focal_point_y": "",
        "focal_point_width": "",
        "focal_point_height": "",
        **values,
    }
    return {f"{prefix}{name}": value for name, value in data.items()}


def upload(client, **values):
    return client.post(reverse("wagtailimages:add"), picture_form(**values))


def errors(answer):
    return answer.context["form"].errors


def test_a_picture_with_words_is_kept(editor):
    assert upload(editor).status_code == 302
    assert PageImage.objects.get().alt_text == "一片莜麦田"


def test_a_picture_without_words_is_refused_and_what_was_typed_stays(editor):
    answer = upload(editor, alt_text=" ", credit="老李")
    assert list(errors(answer)) == ["alt_text"]
    assert 'value="老李"' in answer.content.decode()
    assert not PageImage.objects.exists()


def test_a_decoration_needs_no_words(editor):
    assert upload(editor, alt_text="", is_decorative="on").status_code == 302
    assert PageImage.objects.get().is_decorative


def test_a_decoration_with_words_is_refused(editor):
    assert list(errors(upload(editor, is_decorative="on"))) == ["is_decorative"]
    assert not PageImage.objects.exists()


@pytest.mark.parametrize("field", ["alt_text", "alt_text_en", "credit"])
def test_words_of_a_picture_hold_no_claim(editor, field):
    """They stand on every page that shows it, as soon as they are saved."""
    refused = errors(upload(editor, **{field: "全国最佳莜面"}))
    assert list(refused) == [field]
    assert "最佳" in refused[field][0]
    assert not PageImage.objects.exists()


def test_words_are_asked_for_when_a_picture_is_edited(editor, image):
    data = picture_form(alt_text="", collection=image.collection_id)
    del data["file"]
    form = get_image_form(PageImage)(data, instance=image, user=editor.user)
    assert list(form.errors) == ["alt_text"]
    assert PageImage.objects.get(pk=image.pk).alt_text == "田野"


def test_words_are_asked_for_in_the_chooser(editor):
    data = picture_form(prefix="image-chooser-upload-", alt_text="")
    answer = editor.post(reverse("wagtailimages_chooser:create"), data)
    assert answer.json()["step"] == "reshow_creation_form"
    assert not PageImage.objects.exists()


def test_of_several_pictures_each_waits_for_its_words(editor):
    script = {"x-requested-with": "XMLHttpRequest"}
    data = {"title": "田野", "files[]": picture_file(size=(60, 40))}
    answer = editor.post(reverse("wagtailimages:add_multiple"), data, headers=script).json()
    assert answer["success"]
    assert not PageImage.objects.exists()
    waiting = UploadedFile.objects.get()
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}-"
    refused = editor.post(address, picture_form(prefix=prefix, alt_text=""), headers=script)
    assert not refused.json()["success"]
    editor.post(address, picture_form(prefix=prefix), headers=script)
    assert PageImage.objects.get().alt_text == "一片莜麦田"


def test_a_person_without_a_consent_is_refused(editor):
    assert list(errors(upload(editor, shows_person="on"))) == ["consent"]
    assert not PageImage.objects.exists()


def test_a_person_with_a_consent_is_kept(editor, consent):
    assert upload(editor, shows_person="on", consent=consent.pk).status_code == 302
    assert PageImage.objects.get().consent == consent


def test_a_consent_to_words_is_none_to_pictures(editor):
    consent = new_consent(covers_words=True, covers_pictures=False)
    assert list(errors(upload(editor, shows_person="on", consent=consent.pk))) == ["consent"]
    assert not PageImage.objects.exists()


def test_a_consent_without_a_person_is_refused(editor, consent):
    assert list(errors(upload(editor, consent=consent.pk))) == ["shows_person"]


@pytest.mark.parametrize(("date", "days"), [("until", -1), ("withdrawn_on", 0), ("given_on", 1)])
def test_a_consent_that_does_not_hold_today_is_refused(editor, date, days):
    consent = new_consent(**{date: timezone.localdate() + dt.timedelta(days=days)})
    assert not consent.is_valid_on(timezone.localdate())
    assert not PictureConsent.objects.valid_on(timezone.localdate()).exists()
    assert list(errors(upload(editor, shows_person="on", consent=consent.pk))) == ["consent"]


def test_the_last_day_of_a_consent_counts(consent):
    consent.until = timezone.localdate()
    consent.save()
    assert consent.is_valid_on(consent.until)
    assert PictureConsent.objects.valid_on(consent.until).get() == consent


def test_the_database_keeps_no_person_without_a_consent(portrait):
    for wrong in ({"consent": None}, {"shows_person": False}, {"is_decorative": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PageImage.objects.filter(pk=portrait.pk).update(**wrong)


def test_a_picture_whose_person_withdrew_cannot_be_chosen(editor, portrait, image, consent):
    def choices():
        return set(editor.get("/cms/images/chooser/results/").context["results"].object_list)

    assert choices() == {portrait, image}
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert choices() == {image}


def consent_form(**values):
    return {
        "person": "王大娘",
        "scope": "网站故事页",
        "given_on": "2026-01-05",
        "until": "",
        "covers_pictures": "on",
        **values,
    }


@pytest.mark.parametrize("who", ["editor", "approver"])
def test_a_consent_is_recorded_with_its_sheet(request, who):
    client = request.getfixturevalue(who)
    address = reverse(PictureConsent.snippet_viewset.get_url_name("add"))
    assert client.post(address, consent_form(file=photo())).status_code == 302
    consent = PictureConsent.objects.get()
    assert private_storage().exists(consent.file.name)
    sheet = client.get(reverse("consent_sheet", args=[consent.pk]))
    assert sheet.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "file"),
        ({"file": photo(), "until": "2025-01-01"}, "until"),
        ({"file": photo(), "covers_pictures": ""}, "covers_pictures"),
        ({"person": ""}, "person"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(editor, values, field):
    address = reverse(PictureConsent.snippet_viewset.get_url_name("add"))
    answer = editor.post(address, consent_form(**values))
    assert field in errors(answer)
    assert not PictureConsent.objects.exists()


def test_a_consent_is_not_narrowed_below_its_pictures(editor, portrait, consent):
    address = reverse(PictureConsent.snippet_viewset.get_url_name("edit"), args=[consent.pk])
    answer = editor.post(address, consent_form(covers_pictures="", covers_words="on"))
    assert list(errors(answer)) == ["covers_pictures"]
    consent.refresh_from_db()
    assert (consent.covers_pictures, consent.covers_words) == (True, False)


def test_a_withdrawn_consent_cannot_begin_after_its_withdrawal(editor, consent):
    PictureConsent.objects.update(withdrawn_on=dt.date(2026, 2, 1))
    address = reverse(PictureConsent.snippet_viewset.get_url_name("edit"), args=[consent.pk])
    assert list(errors(editor.post(address, consent_form(given_on="2026-02-02")))) == ["given_on"]
    consent.refresh_from_db()
    assert consent.given_on == dt.date(2026, 1, 5)
    assert editor.post(address, consent_form(given_on="2026-02-01")).status_code == 302


def test_an_edit_leaves_a_withdrawal_that_was_recorded_meanwhile(editor, consent, monkeypatch):
    def withdrawn_meanwhile(form, data):
        PictureConsent.objects.update(withdrawn_on=timezone.localdate())

    monkeypatch.setattr(ConsentForm, "check_what_rests_on_it", withdrawn_meanwhile)
    address = reverse(PictureConsent.snippet_viewset.get_url_name("edit"), args=[consent.pk])
    assert editor.post(address, consent_form(scope="展销会", file=photo())).status_code == 302
    sheet = consent.file.name
    consent.refresh_from_db()
    assert (consent.scope, consent.withdrawn_on) == ("展销会", timezone.localdate())
    assert consent.file.name != sheet


def test_a_sheet_that_is_no_picture_is_refused(editor):
    address = reverse(PictureConsent.snippet_viewset.get_url_name("add"))
    assert "file" in errors(editor.post(address, consent_form(file=named_photo(b"no picture"))))
    assert not PictureConsent.objects.exists()


def test_a_consent_names_the_pages_that_show_its_pictures(
    editor, story, portrait, consent, indexed
):
    with indexed():
        publish(story, image=portrait)
    address = reverse(PictureConsent.snippet_viewset.get_url_name("edit"), args=[consent.pk])
    html = editor.get(address).content.decode()
    assert portrait.title in html
    assert story.title in html


def test_the_sheet_is_for_editors_and_approvers_only(client, organiser, consent):
    address = reverse("consent_sheet", args=[consent.pk])
    assert client.get(address).status_code == 302
    assert organiser.get(address).status_code == 302
    listing = reverse(PictureConsent.snippet_viewset.get_url_name("list"))
    assert organiser.get(listing).status_code == 302


def test_the_sheet_has_no_public_address(consent):
    with pytest.raises(ValueError, match="no address"):
        _ = consent.file.url
