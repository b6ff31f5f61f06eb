"""A new rate as an operator writes it: per cent, from when, why."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.dashboard.fields import DayField, ServiceForm
from marketplace.partner.fees import LONGEST_REASON
from marketplace.partner.models import HIGHEST_FEE

PER_CENT = Decimal(100)


class FeeForm(ServiceForm):
    rate = forms.DecimalField(
        label=_("Per cent of the sale"),
        min_value=0,
        max_value=HIGHEST_FEE * PER_CENT,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
        help_text=_("Of what the buyer pays for goods, before freight. 0: nothing."),
    )
    begins_on = DayField(label=pgettext_lazy("date", "From"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("Stands in the record for good."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def terms(self) -> dict[str, object]:
        return self.cleaned_data | {"rate": self.cleaned_data["rate"] / PER_CENT}
