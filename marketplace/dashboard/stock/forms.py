"""What an operator asks of the stock, and how many packs there are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.querysets import cooperative_choices
from marketplace.dashboard.stock.querysets import LEVELS

MOST_PACKS = 1_000_000


class StockFilterForm(FilterForm):
    level = forms.ChoiceField(required=False, choices=LEVELS, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Good, pack or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    cooperative = forms.ChoiceField(label=_("Producer"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cooperative"].choices = [("", _("Of every producer")), *cooperative_choices()]


class StockForm(forms.Form):
    """`seen` is the stock that the page showed: a number that was counted is a number of then."""

    quantity = forms.IntegerField(
        label=_("Packs in stock"),
        min_value=0,
        max_value=MOST_PACKS,
        help_text=_("All packs that are there, those allocated to orders included."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    seen = forms.IntegerField(min_value=0, max_value=MOST_PACKS, widget=forms.HiddenInput)
