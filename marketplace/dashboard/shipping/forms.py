"""What a clerk asks of the parcels, and says of one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Storage
from marketplace.dashboard.fields import DayField
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.shipping.querysets import STAGES
from marketplace.order.carriers import Carrier, is_number, normalise_number
from marketplace.order.lots import LotOnOffer, good_of
from marketplace.order.models import Line
from marketplace.order.services import NumberRefused, Packing, PackingRefused

MOST_PACKS, MOST_GRAMS = 9_999, 9_999_000
LOT_NAME = re.compile(r"lot-([0-9]{1,18})-([0-9]{1,18})")


class ParcelFilterForm(FilterForm):
    stage = forms.ChoiceField(required=False, choices=STAGES, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Number of the order or the parcel"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    day = DayField(label=_("To be sent on"), required=False)
    storage = forms.ChoiceField(
        label=_("Storage"), required=False, choices=[("", _("Every temperature")), *Storage.choices]
    )

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the fields that lie folded away says something."""
        return not {"day", "storage"}.isdisjoint({**self.chosen, **self.errors})


class DayForm(FilterForm):
    """Until which day parcels are shown."""

    day = DayField(label=_("To leave until"), required=False)


class CountField(forms.IntegerField):
    def __init__(self, **about: object) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=0, widget=widget, **about)


@dataclass(frozen=True)
class LineOfForm:
    """A line with the fields for its lots and its weight, and what was refused of it."""

    line: Line
    lots: Sequence[tuple[LotOnOffer | None, BoundField]]
    grams: BoundField | None
    problem: str


class PackForm(forms.Form):
    """How many packs of which lot, and what the scale says; filled in as proposed.

    A lot that was offered when the page was shown and is gone now is kept, so that whoever packs
    is told what became of it.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        lines: Sequence[Line],
        offers: Mapping[int, Iterable[LotOnOffer]],
        proposed: Mapping[int, Mapping[int, int]],
    ) -> None:
        super().__init__(data)
        self.of_lines, self.problems = lines, {}
        self.offered = {
            lot_name(line.pk, offer.lot.pk): offer
            for line in lines
            for offer in offers.get(good_of(line), ())
        }
        names = [*self.offered, *filter(LOT_NAME.fullmatch, data or ())]
        keys = {line.pk for line in lines}
        self.chosen_by = {}
        for name in dict.fromkeys(names):
            line, lot = map(int, LOT_NAME.fullmatch(name).groups())
            if line in keys:
                self.chosen_by[name] = (line, lot)
                number = proposed.get(line, {}).get(lot)
                self.fields[name] = CountField(required=False, max_value=MOST_PACKS, initial=number)
        for line in lines:
            if line.catch_weight:
                label = _("Real weight of all together, g")
                self.fields[f"grams-{line.pk}"] = CountField(label=label, max_value=MOST_GRAMS)

    @property
    def packing(self) -> Packing:
        """Of a valid form."""
        lots: dict[int, dict[int, int]] = {line.pk: {} for line in self.of_lines}
        for name, (line, lot) in self.chosen_by.items():
            lots[line][lot] = self.cleaned_data[name] or 0
        grams = {line.pk: self.cleaned_data.get(f"grams-{line.pk}") for line in self.of_lines}
        return Packing(lots, {key: said for key, said in grams.items() if said is not None})

    @property
    def by_line(self) -> list[LineOfForm]:
        return [
            LineOfForm(
                line,
                [
                    (self.offered.get(name), self[name])
                    for name, (key, _lot) in self.chosen_by.items()
                    if key == line.pk
                ],
                self[f"grams-{line.pk}"] if line.catch_weight else None,
                self.problems.get(line.pk, ""),
            )
            for line in self.of_lines
        ]

    def refuse(self, refusal: PackingRefused) -> None:
        """Put what the service refused beside its line."""
        self.problems[refusal.line.pk] = refusal.words


def lot_name(line: int, lot: int) -> str:
    return f"lot-{line}-{lot}"


class NumberField(forms.CharField):
    """A tracking number as carriers write it."""

    def __init__(self, **about: object) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        )
        super().__init__(label=_("Tracking number"), widget=widget, **about)

    def to_python(self, value: object) -> str:
        return normalise_number(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_number(value):
            raise ValidationError(NumberRefused().words)


class ShipForm(forms.Form):
    carrier = forms.ChoiceField(label=_("Carrier"), choices=Carrier.choices)
    number = NumberField(help_text=_("As it stands on the waybill."))
