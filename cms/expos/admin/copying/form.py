"""What an organiser is asked for a new fair."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from cms.expos.models import FairPage


class NewFairForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The title of its English page."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("End of its address"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and dashes, as in nianhuo-2027."),
    )
    begins_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=AdminDateInput,
        help_text=gettext_lazy("It lasts as many days as the earlier one; that can be changed."),
    )

    def __init__(self, page: FairPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean_slug(self) -> str:
        """Free beside the page in each of its languages."""
        slug = self.cleaned_data["slug"]
        for each in self.page.get_translations(inclusive=True):
            if not FairPage._slug_is_available(slug, each.get_parent()):
                raise ValidationError(_("Another page has this address already."))
        return slug

    def clean_begins_on(self) -> object:
        day = self.cleaned_data["begins_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day that is still to come."))
        return day
