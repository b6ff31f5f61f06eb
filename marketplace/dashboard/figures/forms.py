"""Which month is to be counted, and which figures of a batch are looked at."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from catalog.assistance.models import Cell
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.settlement.sums import month_words
from marketplace.months import month_of, months_between, next_month

SMALL, WITH_THEM, CHANGED, LITTLE = "small", "with", "changed", "little"
TICK = "little_is_seen"


class MonthForm(forms.Form):
    """A month of this year or the year before that has begun; the last that is over at first."""

    month = forms.ChoiceField(label=gettext_lazy("Month"))

    def __init__(self, data: object, *, today: date) -> None:
        this_month = month_of(today)
        first = date(today.year - 1, 1, 1)
        self.months = list(months_between(first, next_month(this_month)))[::-1]
        super().__init__(data, initial={"month": f"{self.months[1]:%Y-%m}"})
        self.fields["month"].choices = [(f"{one:%Y-%m}", month_words(one)) for one in self.months]
        self.fields["month"].error_messages["invalid_choice"] = _("Choose one of these months.")

    def clean_month(self) -> date:
        return date.fromisoformat(f"{self.cleaned_data['month']}-01")


class CellFilterForm(FilterForm):
    table = forms.ChoiceField(required=False, choices=Cell.Table.choices, widget=forms.HiddenInput)
    only = forms.ChoiceField(
        label=gettext_lazy("Which figures"),
        required=False,
        choices=[
            ("", pgettext_lazy("figures", "All")),
            (SMALL, gettext_lazy("Hidden: 1 to 4 households")),
            (WITH_THEM, gettext_lazy("Hidden with them")),
            (CHANGED, gettext_lazy("Changed since the last published")),
            (LITTLE, gettext_lazy("Changed by 1 to 4 households")),
        ],
    )


class PublishForm(forms.Form):
    """Asks for a tick where figures change a little, and for nothing else; the service has the
    last word on it."""

    def __init__(self, data: object, *, little_changes: int) -> None:
        super().__init__(data)
        label = ngettext(
            "I have looked at this %(count)s figure, and it may be published.",
            "I have looked at these %(count)s figures, and they may be published.",
            little_changes,
        )
        if little_changes:
            self.fields[TICK] = forms.BooleanField(
                label=label % {"count": little_changes}, required=False
            )


class LiveFilterForm(FilterForm):
    """This year, or one with records."""

    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, data: object, *, years: Iterable[int], this_year: int) -> None:
        super().__init__(data)
        self.this_year = this_year
        choices = sorted({this_year, *years}, reverse=True)
        self.fields["year"].choices = [(str(year), str(year)) for year in choices]
        self.fields["year"].error_messages["invalid_choice"] = _("Choose one of these years.")

    @property
    def chosen_year(self) -> int:
        return int(self.chosen.get("year", self.this_year))
