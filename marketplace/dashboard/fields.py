"""Form fields, and a form, that several rooms of the back office share."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.photos import PhotoRefused, clean_photo
from marketplace.uploads import read_paper

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)


def check_day(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Choose a day between 2020 and 2099."))


class DayField(forms.DateField):
    """A day of this century, chosen from the browser's calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_validators = [check_day]


class YuanField(forms.DecimalField):
    """An amount to the fen, not negative."""

    def __init__(self, *, max_value: Decimal, **kwargs: object) -> None:
        super().__init__(min_value=0, max_value=max_value, decimal_places=2, **kwargs)


class PaperFileField(forms.FileField):
    """A photo or a PDF from a phone; cleaned, it is what may be kept."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})
    default_error_messages = {
        "required": _("Choose a photo or a PDF."),
        "empty": _("This file is empty. Choose it again."),
    }

    def clean(self, data: File | None, initial: File | None = None) -> ContentFile | None:
        upload = super().clean(data, initial)
        return read_paper(upload) if upload else None


class PhotoField(forms.FileField):
    """A photo from a phone; cleaned, it is the bytes that may be shown."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    default_error_messages = {
        "required": _("Choose a photo."),
        "empty": _("This file is empty. Choose it again."),
    }

    def clean(self, data: File | None, initial: File | None = None) -> bytes | None:
        upload = super().clean(data, initial)
        try:
            return clean_photo(upload) if upload else None
        except PhotoRefused as refusal:
            raise ValidationError(refusal.words) from refusal


def sent(request: HttpRequest) -> tuple:
    """What a form is bound to: the fields and files of a POST, were it even without a field."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class ServiceForm(forms.Form):
    """A form whose service has the last word. `BY_FIELD` names this form's field for what the
    service calls otherwise."""

    BY_FIELD: Mapping[str, str] = {}

    def complain(self, refusal: ValidationError) -> None:
        """Put what the service refused beside its field."""
        for field, errors in refusal.message_dict.items():
            name = self.BY_FIELD.get(field, field)
            self.add_error(name if name in self.fields else None, errors)
