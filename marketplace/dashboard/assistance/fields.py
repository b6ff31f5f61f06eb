"""Fields of the forms about agreements and records."""

from collections.abc import Iterable

from django import forms
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.fields import PaperFileField


class PapersInput(forms.FileInput):
    allow_multiple_selected = True


class PapersField(PaperFileField):
    """Photos or PDFs, several at once; cleaned, they are what may be kept."""

    widget = PapersInput(attrs={"accept": PaperFileField.widget.attrs["accept"]})

    def clean(self, data: Iterable[File], initial: object = None) -> list[ContentFile]:
        files = [super(PapersField, self).clean(one) for one in data or [] if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


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
