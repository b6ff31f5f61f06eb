"""A plan as an operator writes it: its years, and a sheet of amounts for each county."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.models import Category
from catalog.origins.models import Region
from marketplace.dashboard.fields import ServiceForm, YuanField
from marketplace.dashboard.listing import FilterForm
from marketplace.order.models import Channel
from marketplace.reports.models import Export, Plan, PlanLine
from marketplace.reports.plans import FIRST_YEAR, LAST_YEAR, Goal, Slot, Terms
from marketplace.reports.progress import Scope, batches_for

MOST = Decimal("99999999999.99")
YEAR = {"min_value": FIRST_YEAR, "max_value": LAST_YEAR}


class PlanForm(ServiceForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120, required=False)
    base_year = forms.IntegerField(
        label=gettext_lazy("Base year"),
        help_text=gettext_lazy("What was sold then is typed in, from the county's own books."),
        **YEAR,
    )
    target_year = forms.IntegerField(label=gettext_lazy("Target year"), **YEAR)
    is_open = forms.BooleanField(
        label=gettext_lazy("Shown to the counties and to the public"), required=False
    )

    @property
    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class Pair(NamedTuple):
    """The two fields of a channel."""

    label: str
    base: forms.BoundField
    target: forms.BoundField


class Group(NamedTuple):
    specialty: Category
    pairs: list[Pair]


class LinesForm(forms.Form):
    """Base and target of one county by specialty and channel; both empty: not planned."""

    def __init__(self, *data: object, lines: Mapping[Slot, Goal], **kwargs: object) -> None:
        super().__init__(*data, **kwargs)
        self.specialties = list(Category.objects.specialties())
        for slot in self.slots:
            goal = lines.get(slot)
            for name in Goal._fields:
                self.fields[name_of(slot, name)] = YuanField(
                    label=_("Base, ¥") if name == "base" else _("Target, ¥"),
                    max_value=MOST,
                    required=False,
                    initial=getattr(goal, name) if goal else None,
                    widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
                )

    @cached_property
    def slots(self) -> list[Slot]:
        return [Slot(one.pk, channel) for one in self.specialties for channel in Channel.values]

    def clean(self) -> dict[str, object]:
        for slot in self.slots:
            names = [name_of(slot, name) for name in Goal._fields]
            given = [self.cleaned_data.get(name) is not None for name in names]
            for name, is_given in zip(names, given, strict=True):
                if any(given) and not is_given and name not in self.errors:
                    self.add_error(name, _("Base and target belong together; 0 is an amount too."))
        return self.cleaned_data

    @property
    def goals(self) -> dict[Slot, Goal | None]:
        found = {}
        for slot in self.slots:
            amounts = [self.cleaned_data[name_of(slot, name)] for name in Goal._fields]
            found[slot] = None if None in amounts else Goal(*amounts)
        return found

    @property
    def groups(self) -> Iterator[Group]:
        for one in self.specialties:
            slots = [(channel, Slot(one.pk, channel.value)) for channel in Channel]
            yield Group(
                one,
                [
                    Pair(channel.label, self[name_of(slot, "base")], self[name_of(slot, "target")])
                    for channel, slot in slots
                ],
            )


def name_of(slot: Slot, name: str) -> str:
    return f"{name}-{slot.specialty}-{slot.channel}"


def goals_of(plan: Plan, county: Region) -> dict[Slot, Goal]:
    lines = PlanLine.objects.filter(plan=plan, county=county)
    return {Slot(li.specialty_id, li.channel): Goal(li.base, li.target) for li in lines}


class ScopeForm(FilterForm):
    """What of a plan is looked at, and by which batch; of whom `county` is the desk, that one
    alone."""

    plan = forms.ChoiceField(label=gettext_lazy("Sales plan"), required=False)
    batch = forms.ChoiceField(label=gettext_lazy("Batch of figures"), required=False)
    county = forms.ChoiceField(label=pgettext_lazy("plan", "County"), required=False)
    specialty = forms.ChoiceField(label=gettext_lazy("Specialty"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)

    def __init__(self, *data: object, plan: Plan, plans: object, counties: object) -> None:
        super().__init__(*data)
        self.batches = list(batches_for(plan))
        roots = [(one.pk, one.name_text) for one in Category.objects.specialties()]
        self.fields["batch"].choices = [(one.number, one.number) for one in self.batches]
        self.fields["specialty"].choices = [("", _("Every specialty")), *roots]
        self.fields["channel"].choices = [("", _("Every channel")), *Channel.choices]
        self.narrow("plan", [(str(one.pk), one.name_text) for one in plans])
        named = [(one.pk, one.name_text) for one in counties]
        self.narrow("county", [("", _("Every county")), *named] if named else [])

    def narrow(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Where there is nothing to choose there is no field."""
        self.fields[name].choices = choices
        if not choices:
            del self.fields[name]

    @property
    def chosen_batch(self) -> object | None:
        """The one that was chosen, else the newest; None without any."""
        number = self.chosen.get("batch")
        chosen = (one for one in self.batches if one.number == number)
        return next(chosen, self.batches[0] if self.batches else None)

    def scope(self, county: Region | None) -> Scope:
        specialty = self.chosen.get("specialty")
        return Scope(
            county=county.pk if county else self.chosen.get("county"),
            specialty=int(specialty) if specialty else None,
            channel=self.chosen.get("channel"),
        )


class ExportForm(forms.Form):
    kind = forms.ChoiceField(choices=Export.Kind.choices)
    batch = forms.CharField()
