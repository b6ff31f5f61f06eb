"""What a cooperative writes of a payment, and what the county says of it."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.assistance.models import Agreement, AgreementHousehold, Record
from catalog.assistance.services.checks import MOST, Payment
from catalog.origins.models import Region
from marketplace.dashboard.assistance.fields import PapersField, TicksField, reason_field
from marketplace.dashboard.fields import DayField, ServiceForm, YuanField
from marketplace.dashboard.listing import FilterForm

COUNTERED, EVERY = "countered", "all"
WRITTEN = ("begins_on", "ends_on", "paid_on", "amount", "slip", "note")


class RecordForm(ServiceForm):
    """One payment, as on its slip. Every household of the list is ticked at first."""

    amount = YuanField(
        label=gettext_lazy("Amount, ¥"),
        max_value=MOST,
        help_text=gettext_lazy("Of all households together."),
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )
    paid_on = DayField(label=gettext_lazy("Paid on"))
    slip = forms.CharField(
        label=gettext_lazy("Number of the slip"),
        max_length=60,
        help_text=gettext_lazy("Of the bank, or of the signed list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    begins_on = DayField(label=gettext_lazy("For the time from"))
    ends_on = DayField(label=gettext_lazy("Until"))
    positions = TicksField(
        label=gettext_lazy("Which households"),
        error_messages={"required": gettext_lazy("Tick at least one household.")},
    )
    evidence = PapersField(
        label=gettext_lazy("Slip, signed list or photos"),
        help_text=gettext_lazy("One to five files, up to 10 MB each; several at once."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(
        self, data: object, files: object, agreement: Agreement, initial: dict, **kwargs: object
    ) -> None:
        members = [one for one in agreement.members.all() if not one.household.erased_at]
        everybody = [one.position for one in members]
        super().__init__(data, files, initial={"positions": everybody} | initial, **kwargs)
        self.fields["positions"].choices = [(one.position, label_of(one)) for one in members]

    @property
    def payment(self) -> Payment:
        return Payment(**{name: self.cleaned_data[name] for name in Payment._fields})


class AgainForm(RecordForm):
    """What was returned, with its values; its files stay where they are ticked."""

    keep = TicksField(label=gettext_lazy("Files that stay"), required=False)

    def __init__(self, data: object, files: object, record: Record, agreement: Agreement) -> None:
        there = [one.pk for one in record.evidence.all()]
        first = {name: getattr(record, name) for name in WRITTEN} | {
            "positions": [one.position for one in record.members.all()],
            "keep": there,
        }
        super().__init__(data, files, agreement, first)
        self.fields["evidence"].required = False
        self.fields["keep"].choices = [
            (key, _("File %(number)s") % {"number": number}) for number, key in enumerate(there, 1)
        ]


def label_of(member: AgreementHousehold) -> str:
    return f"{member.position} · {member.household.code}"


def first_values(agreement: Agreement, day: date) -> dict[str, object]:
    """The month before that day, as far as the agreement reaches; paid today."""
    last = date(day.year, day.month, 1) - date.resolution
    begins = max(date(last.year, last.month, 1), agreement.begins_on)
    ends = min(last, agreement.ends_on)
    period = {"begins_on": begins, "ends_on": ends} if begins <= ends else {}
    return {"paid_on": day} | period


class CounterForm(ServiceForm):
    reason = reason_field(gettext_lazy("The county reads it word for word."))
    evidence = PapersField(
        label=gettext_lazy("What shows it"),
        required=False,
        help_text=gettext_lazy("Up to five files, up to 10 MB each."),
    )


class ReturnForm(ServiceForm):
    reason = reason_field(gettext_lazy("The cooperative reads it word for word."))


class RecordFilterForm(FilterForm):
    """States as chips; without one, what this desk looks for first."""

    state = forms.ChoiceField(
        required=False,
        choices=[(EVERY, EVERY), (COUNTERED, COUNTERED), *Record.State.choices],
        widget=forms.HiddenInput,
    )


class AnyRecordFilterForm(RecordFilterForm):
    county = forms.ChoiceField(label=pgettext_lazy("place", "County"), required=False)

    def __init__(self, data: object, counties: Iterable[Region]) -> None:
        super().__init__(data)
        self.fields["county"].choices = [
            ("", _("Every county")),
            *((one.pk, one.name_text) for one in counties),
        ]
