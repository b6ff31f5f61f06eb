"""A specialty as an operator writes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.specialties import Texts
from marketplace.dashboard.fields import PhotoField, ServiceForm
from marketplace.pictures import Colour

MOST_PROSE = 2000


class SpecialtyForm(ServiceForm):
    name = forms.CharField(label=_("Name"), max_length=20)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    tagline = forms.CharField(
        label=_("Tagline"), max_length=60, required=False, help_text=_("A few words on its card.")
    )
    tagline_en = forms.CharField(label=_("Tagline in English"), max_length=120, required=False)
    description = forms.CharField(
        label=_("Lead"),
        max_length=MOST_PROSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands above its goods."),
    )
    description_en = forms.CharField(
        label=_("Lead in English"),
        max_length=MOST_PROSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    colour = forms.ChoiceField(label=_("Colour"), choices=Colour.choices, initial=Colour.NEAR)
    photo = PhotoField(
        label=_("A new picture"), required=False, help_text=_("Empty: the present one stays.")
    )

    @property
    def texts(self) -> Texts:
        return Texts(**{name: self.cleaned_data[name] for name in Texts._fields})
