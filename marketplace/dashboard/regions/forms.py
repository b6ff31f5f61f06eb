"""Finding a place, and how it is called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.origins.services import Names
from marketplace.dashboard.fields import ServiceForm
from marketplace.dashboard.listing import FilterForm


class PlaceFilterForm(FilterForm):
    q = forms.CharField(
        label=_("Name or code"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class RegionForm(ServiceForm):
    name = forms.CharField(
        label=_("Name"), max_length=40, help_text=_("As the official list has it, as 武川县.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)

    @property
    def names(self) -> Names:
        return Names(self.cleaned_data["name"], self.cleaned_data["name_en"])
