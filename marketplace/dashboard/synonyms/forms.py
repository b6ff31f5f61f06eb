"""What an operator writes about words that mean the same."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.fields import ServiceForm
from marketplace.dashboard.listing import FilterForm


class WordFilterForm(FilterForm):
    q = forms.CharField(
        label=_("Word"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class WordsForm(ServiceForm):
    words = forms.CharField(
        label=_("Words that mean the same"),
        max_length=300,
        help_text=_("With spaces between them, as: 土豆 马铃薯 洋芋. Pinyin is understood anyway."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
