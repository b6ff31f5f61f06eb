"""What the county's staff write of an agreement."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.assistance.choosing import category_choices
from catalog.assistance.models import Agreement, Mode
from catalog.assistance.services import Terms
from catalog.models import Category
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.dashboard.assistance.fields import PapersField
from marketplace.dashboard.fields import DayField, ServiceForm
from marketplace.dashboard.listing import FilterForm

NOW, LATER, ENDED = "now", "later", "ended"
STATES = [
    (NOW, pgettext_lazy("agreement", "In force")),
    (LATER, gettext_lazy("Not begun yet")),
    (ENDED, pgettext_lazy("agreement", "Ended")),
]
MOST_LETTERS = 100_000


class AgreementFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=STATES)


class CodesField(forms.CharField):
    """Pseudonyms as they are pasted: one per line, or with commas or spaces between them."""

    def __init__(self, **kwargs: object) -> None:
        rows = forms.Textarea(
            attrs={"rows": 5, "autocapitalize": "characters", "spellcheck": "false"}
        )
        super().__init__(required=False, max_length=MOST_LETTERS, widget=rows, **kwargs)

    def clean(self, value: str) -> list[str]:
        return [code for code in re.split(r"[\s,;，；、]+", super().clean(value)) if code]


class AgreementForm(ServiceForm):
    """The signed paper, line by line; `codes` may also follow later."""

    cooperative = forms.ModelChoiceField(
        label=gettext_lazy("Cooperative"), queryset=Cooperative.objects.none()
    )
    mode = forms.ModelChoiceField(
        label=gettext_lazy("Kind of benefit"), queryset=Mode.objects.none()
    )
    specialty = forms.ModelChoiceField(
        label=gettext_lazy("Goods"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=gettext_lazy("Whatever the cooperative sells"),
    )
    begins_on = DayField(label=pgettext_lazy("date", "From"))
    ends_on = DayField(label=gettext_lazy("Until"))
    terms = forms.CharField(
        label=gettext_lazy("What was agreed"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("In a sentence, without names of households."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    codes = CodesField(
        label=gettext_lazy("Pseudonyms of the households"),
        help_text=gettext_lazy(
            "One per line, in the order of the signed list. They can be chosen on the next page."
        ),
    )
    files = PapersField(
        label=gettext_lazy("Signed pages"),
        required=False,
        help_text=gettext_lazy("Photos or PDF, up to 10 MB each; several at once."),
    )

    def __init__(self, *args: object, county: Region, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "cooperative": Cooperative.objects.filter(county=county).order_by("short_name"),
            "mode": Mode.objects.to_choose(),
            "specialty": Category.objects.specialties(),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows
            self.fields[name].label_from_instance = lambda row: row.name_text

    @property
    def terms_written(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in Terms._fields})


class ChooseFilterForm(FilterForm):
    township = forms.ChoiceField(label=gettext_lazy("Township"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Registered as"), required=False)

    def __init__(self, data: object, county: Region) -> None:
        super().__init__(data)
        towns = Region.objects.filter(parent=county).order_by("code")
        self.fields["township"].choices = [
            ("", _("Every township")),
            *((town.pk, town.name_text) for town in towns),
        ]
        self.fields["category"].choices = [("", _("Every category")), *category_choices()]


class HouseholdsForm(ServiceForm):
    """Ticked, pasted, or both."""

    codes = CodesField(
        label=gettext_lazy("Or paste pseudonyms"), help_text=gettext_lazy("One per line.")
    )


class EndForm(ServiceForm):
    ends_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Earlier than agreed, and not before what was recorded."),
    )


class PagesForm(ServiceForm):
    files = PapersField(
        label=gettext_lazy("Signed pages"),
        help_text=gettext_lazy("Photos or PDF, up to 10 MB each; several at once."),
    )


def state_of(agreement: Agreement, day: date) -> str:
    if agreement.begins_on > day:
        return LATER
    return ENDED if agreement.ends_on < day else NOW
