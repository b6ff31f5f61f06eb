"""What an operator asks of the messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.listing import FilterForm

WAITING, STUCK = "waiting", "stuck"
STATES = [(WAITING, _("Waiting")), (STUCK, _("Not got through"))]


class MessageFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("E-mail address or order's number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
