"""Fields of the forms about agreements and records."""

from collections.abc import Iterable, Sequence

from django import forms
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.fields import PaperFileField
from marketplace.uploads import MOST_TOGETHER, check_size


class PapersInput(forms.FileInput):
    allow_multiple_selected = True


class PapersField(PaperFileField):
    """Photos or PDFs, several at once; cleaned, they are what may be kept."""

    widget = PapersInput(attrs={"accept": PaperFileField.widget.attrs["accept"]})

    def clean(self, data: Iterable[File], initial: object = None) -> list[ContentFile]:
        uploads = [one for one in data or [] if one]
        check_together(uploads)
        files = [super(PapersField, self).clean(one) for one in uploads]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


def check_together(uploads: Sequence[File]) -> None:
    """They are held in memory, for no disk may keep them in the open: of one that is too large,
    or of too many, only the size is left."""
    for one in uploads:
        check_size(one)
    if sum(one.size for one in uploads) > MOST_TOGETHER:
        raise forms.ValidationError(
            gettext("Together these files are too large: %(most)s MB at once. Send fewer, please.")
            % {"most": MOST_TOGETHER // 1024**2}
        )


class TicksField(forms.TypedMultipleChoiceField):
    """Numbers of what may be ticked."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": _("Choose among what is listed here.")}

    def __init__(self, **kwargs: object) -> None:
        super().__init__(coerce=int, **kwargs)


def reason_field(help_text: str) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
