"""What the admin asks of a picture and of a consent before it keeps them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.claims import page_claim_words
from cms.images.file_form import FileForm
from cms.images.models import PictureConsent
from marketplace.uploads import read_paper

# Public as soon as they are saved, on every page that shows the picture.
PUBLIC_WORDS = {"alt_text", "alt_text_en", "credit"}


class PageImageForm(FileForm):
    """Of every form for pictures: single, several at once, edit, and in the chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "alt_text" in self.fields:
            self.fields["alt_text"].widget.attrs["lang"] = "zh-hans"

    def clean(self) -> dict:
        data = super().clean()
        if "alt_text" in self.fields:
            self.check_words(data)
        for name in PUBLIC_WORDS & self.fields.keys():
            for words in page_claim_words(data.get(name) or ""):
                self.add_error(name, words)
        if "consent" in self.fields:
            self.check_person(data)
        return data

    def check_words(self, data: dict) -> None:
        words = data.get("alt_text") or data.get("alt_text_en")
        if data.get("is_decorative") and words:
            self.add_error(
                "is_decorative",
                _("A decoration has no alternative text: empty that, or untick this."),
            )
        elif not data.get("is_decorative") and not (data.get("alt_text") or "").strip():
            self.add_error(
                "alt_text", _("Say what is to be seen, or tick that it is decoration only.")
            )

    def check_person(self, data: dict) -> None:
        """A consent that was withdrawn later does not keep the picture from being edited."""
        consent = data.get("consent")
        if not data.get("shows_person"):
            if consent:
                self.add_error("shows_person", _("Tick this, or leave the consent empty."))
        elif consent is None:
            self.add_error(
                "consent", _("A picture of a person needs a consent: record it, then choose it.")
            )
        elif "consent" in self.changed_data and not consent.is_valid_on(timezone.localdate()):
            self.add_error(
                "consent", _("This consent is not valid today: it has ended or was withdrawn.")
            )
        elif "consent" in self.changed_data and not consent.covers_pictures:
            self.add_error("consent", _("This consent covers words only, no pictures."))


class ConsentForm(WagtailAdminModelForm):
    """The file's widget shows no link: the sheet has no address that could be told."""

    def clean_file(self) -> Any:
        """Looked at like every paper, and kept under a name that tells nothing."""
        file = self.cleaned_data["file"]
        return read_paper(file) if isinstance(file, UploadedFile) else file

    def clean(self) -> dict:
        data = super().clean()
        given_on, until = data.get("given_on"), data.get("until")
        if given_on and until and until < given_on:
            self.add_error("until", ValidationError(_("It cannot end before it begins.")))
        withdrawn_on = self.instance.withdrawn_on
        if given_on and withdrawn_on and withdrawn_on < given_on:
            self.add_error("given_on", _("It cannot begin after it was withdrawn."))
        if not data.get("covers_pictures") and not data.get("covers_words"):
            self.add_error("covers_pictures", _("Tick what the sheet allows."))
        self.check_what_rests_on_it(data)
        return data

    def save(self, commit: bool = True) -> PictureConsent:
        """Only what the form asks: a withdrawal that was recorded meanwhile stays recorded."""
        if not commit or self.instance.pk is None:
            return super().save(commit=commit)
        consent = super().save(commit=False)
        consent.save(update_fields=list(self._meta.fields))
        return consent

    def check_what_rests_on_it(self, data: dict) -> None:
        """Its reach is not narrowed below what uses it; for a withdrawal there is a button."""
        if self.instance.pk is None:
            return
        if not data.get("covers_pictures") and self.instance.images.exists():
            self.add_error("covers_pictures", _("Pictures rest on this consent."))
        if not data.get("covers_words") and self.instance.stories.exists():
            self.add_error("covers_words", _("Stories rest on this consent."))
