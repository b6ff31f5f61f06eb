"""A producer's new picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.fields import PhotoField


class BadgeForm(forms.Form):
    photo = PhotoField(
        label=_("A new picture"),
        help_text=_("Shown as a circle: what matters belongs in the middle."),
    )
