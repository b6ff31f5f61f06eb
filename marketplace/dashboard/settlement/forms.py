"""What is typed about bank accounts and payouts."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.producers.models import Cooperative
from marketplace.dashboard.fields import DayField, YuanField
from marketplace.dashboard.listing import FilterForm
from marketplace.settlement.models import BankAccount, Payout

DIGITS = RegexValidator(r"^[0-9]{8,30}\Z", gettext_lazy("8 to 30 digits, without letters."))


class AccountForm(forms.Form):
    holder = forms.CharField(
        label=gettext_lazy("Account holder"),
        max_length=80,
        help_text=gettext_lazy("The name of the business, as on its licence."),
    )
    number = forms.CharField(
        label=gettext_lazy("Account number"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bank = forms.CharField(label=gettext_lazy("Bank and branch"), max_length=80)

    def clean_number(self) -> str:
        """Blanks and hyphens are how people group digits."""
        number = "".join(self.cleaned_data["number"].split()).replace("-", "")
        DIGITS(number)
        return number


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PaidForm(forms.Form):
    slip = forms.CharField(label=gettext_lazy("Number of the bank's slip"), max_length=64)
    paid_on = DayField(label=gettext_lazy("Paid on"))

    def __init__(self, data: object, *, first_day: date, today: date) -> None:
        super().__init__(data, initial={"paid_on": today})
        self.first_day, self.today = first_day, today

    def clean_paid_on(self) -> date:
        day = self.cleaned_data["paid_on"]
        if not self.first_day <= day <= self.today:
            raise ValidationError(_("A day between the proposal and today."))
        return day


class Candidate(NamedTuple):
    """A cooperative that can be paid so much just now, to its account."""

    cooperative: Cooperative
    payable: Decimal
    account: BankAccount | None


class CandidateOnPage(NamedTuple):
    candidate: Candidate
    tick: forms.BoundField
    amount: forms.BoundField


class ProposeForm(forms.Form):
    """Ticks and amounts for many cooperatives; only those with a confirmed account have them.

    An amount is asked for where it is ticked.
    """

    use_required_attribute = False

    def __init__(self, data: object, candidates: Iterable[Candidate]) -> None:
        super().__init__(data, auto_id="%s")
        given = list(candidates)
        self.candidates = [one for one in given if one.account]
        self.without_account = [one for one in given if not one.account]
        for one in self.candidates:
            self.fields[tick_of(one)] = forms.BooleanField(
                label=one.cooperative.short_name_text, required=False
            )
            self.fields[amount_of(one)] = amount_field(one)

    @property
    def rows(self) -> Iterator[CandidateOnPage]:
        for one in self.candidates:
            yield CandidateOnPage(one, self[tick_of(one)], self[amount_of(one)])

    @property
    def has_ticks(self) -> bool:
        return bool(self.fields)

    def clean(self) -> dict:
        cleaned = super().clean()
        for one in self.candidates:
            if not cleaned.get(tick_of(one)):
                self.errors.pop(amount_of(one), None)
            elif amount_of(one) not in self.errors and not cleaned.get(amount_of(one)):
                self.add_error(amount_of(one), _("How much?"))
        if not self.errors and not self.amounts:
            raise ValidationError(_("Nobody is chosen yet. Tick who is to be paid."))
        return cleaned

    @property
    def amounts(self) -> dict[int, Decimal]:
        """Yuan by the keys of the cooperatives that are ticked."""
        return {
            one.cooperative.pk: self.cleaned_data[amount_of(one)]
            for one in self.candidates
            if self.cleaned_data.get(tick_of(one)) and self.cleaned_data.get(amount_of(one))
        }


def tick_of(candidate: Candidate) -> str:
    return f"pay-{candidate.cooperative.pk}"


def amount_of(candidate: Candidate) -> str:
    return f"amount-{candidate.cooperative.pk}"


def amount_field(candidate: Candidate) -> YuanField:
    field = YuanField(
        label=_("Amount, ¥"),
        max_value=candidate.payable,
        initial=candidate.payable,
    )
    field.error_messages["required"] = _("How much?")
    field.error_messages["max_value"] = _("At most ¥%(limit_value)s can be paid out just now.")
    return field


class PayoutFilterForm(FilterForm):
    state = forms.ChoiceField(
        required=False, choices=Payout.State.choices, widget=forms.HiddenInput
    )
