"""What an operator asks of the orders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.fields import DayField
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.orders.querysets import ORDER_STATES
from marketplace.dashboard.querysets import cooperative_choices
from marketplace.order.states import State


class OrderFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=ORDER_STATES, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Number, mobile or e-mail"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    since = DayField(label=_("Placed from"), required=False)
    until = DayField(label=_("Placed until"), required=False)
    cooperative = forms.ChoiceField(label=_("Producer"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cooperative"].choices = [("", _("Of every producer")), *cooperative_choices()]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the fields that lie folded away says something."""
        folded = {"since", "until", "cooperative"}
        return not folded.isdisjoint({**self.chosen, **self.errors})

    def clean(self) -> dict:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        return cleaned


class CancelForm(forms.Form):
    """`shown` is what the page said would be cancelled: an unpaid order, or a paid one."""

    shown = forms.ChoiceField(
        choices=[(state, state) for state in (State.AWAITING_PAYMENT, State.PAID)],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The buyer reads it too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
