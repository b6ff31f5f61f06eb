"""What an operator asks of the payments, and decides about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.listing import FilterForm
from marketplace.payment.models import Refund


class RefundFilterForm(FilterForm):
    state = forms.ChoiceField(
        required=False, choices=Refund.State.choices, widget=forms.HiddenInput
    )


class DecideForm(forms.Form):
    note = forms.CharField(
        label=_("What was decided"),
        max_length=300,
        help_text=_("For whoever asks later: what was done, and why."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
