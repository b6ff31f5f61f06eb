"""Mobile numbers of mainland China, as people type them."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import MOBILE

NOISE = str.maketrans("", "", " -()\t\n\r")


def normalise_mobile(text: str) -> str:
    """+86 138-0000 0000 and １３８００００００００ → 13800000000; other text as it is.

    Whatever counts as a digit in any script is one, so that eleven digits are always ASCII.
    """
    digits = unicodedata.normalize("NFKC", text).translate(NOISE)
    digits = re.sub(r"\d", lambda digit: str(int(digit[0])), digits)
    for country in ("+86", "0086"):
        digits = digits.removeprefix(country)
    return digits


def masked(mobile: str) -> str:
    """138****1234, as a list may show it."""
    return f"{mobile[:3]}****{mobile[-4:]}" if MOBILE.regex.fullmatch(mobile) else ""


class MobileField(forms.CharField):
    def __init__(self, **kwargs: object) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        super().__init__(**{"label": _("Mobile number"), "widget": widget, **kwargs})
        self.validators.append(MOBILE)

    def to_python(self, value: str | None) -> str:
        return normalise_mobile(super().to_python(value))
