"""What the county writes about households. The services have the last word on every field."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.households.codes import CODE
from catalog.households.details import LONGEST_REASON, half_width, normalise_id_number
from catalog.households.models import Category, Household, Reveal, Standing
from catalog.households.sealing import digest
from catalog.households.sheets import open_categories, townships_of
from catalog.origins.models import Region
from marketplace.dashboard.fields import DayField, ServiceForm
from marketplace.dashboard.households.querysets import STATES
from marketplace.dashboard.listing import FilterForm
from marketplace.sheets import XLSX

ID_LENGTH = 18
# So long a text is read at all; how long it may be, the service says beside the field.
MOST_TYPED = 1000


class UnseenField(forms.CharField):
    """A text that no browser is to remember."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=MOST_TYPED, **kwargs)
        self.widget.attrs.update(autocomplete="off", spellcheck="false")


class SinceField(DayField):
    """A day in the past; how far back, the register says."""

    default_validators = ()


def township_choices(county: Region, empty: str = "—") -> list[tuple[str, str]]:
    return [("", empty), *((town.pk, town.name_text) for town in townships_of(county))]


def category_choices(kinds: Iterable[Category], empty: str = "—") -> list[tuple[str, str]]:
    return [("", empty), *((kind.code, kind.name_text) for kind in kinds)]


class HouseholdFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Category"), required=False)
    township = forms.ChoiceField(label=pgettext_lazy("household", "Township"), required=False)

    def __init__(self, *args: object, county: Region, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = Category.objects.in_order()
        self.fields["category"].choices = category_choices(kinds, _("All categories"))
        self.fields["township"].choices = township_choices(county, _("All townships"))


class FindForm(forms.Form):
    """Sent by POST alone: a number in an address would stand in logs and histories."""

    q = UnseenField(label=_("Pseudonym or whole ID number"))

    def found_in(self, county: Region) -> Household | None:
        """Of a valid form; also of a number, only in this county."""
        typed = self.cleaned_data["q"]
        rows = Household.objects.of_county(county)
        code = half_width(typed).upper()
        if CODE.fullmatch(code):
            return rows.filter(code=code).first()
        return rows.filter(id_digest=digest(normalise_id_number(typed))).first()


class StandingForm(ServiceForm):
    """`kept` is what the household is registered as: its status may change when it is closed."""

    category = forms.ChoiceField(label=_("Category"))
    status = forms.ChoiceField(label=_("Status"), choices=Standing.Status.choices)
    begins_on = SinceField(label=pgettext_lazy("date", "From"), initial=timezone.localdate)

    def __init__(self, *args: object, kept: Category | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = open_categories()
        closed = [kept] if kept and kept not in kinds else []
        self.fields["category"].choices = category_choices([*closed, *kinds])

    def clean_category(self) -> Category:
        return Category.objects.get(code=self.cleaned_data["category"])


class TownshipForm(ServiceForm):
    """Of a county's household."""

    township = forms.ChoiceField(label=pgettext_lazy("household", "Township"), required=False)

    def __init__(self, *args: object, county: Region, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].choices = township_choices(county)

    def clean_township(self) -> Region | None:
        return Region.objects.filter(pk=self.cleaned_data["township"] or None).first()


class RegisterForm(StandingForm, TownshipForm):
    name = UnseenField(label=_("Name of the householder"))
    id_number = UnseenField(
        label=_("ID number"),
        help_text=_("18 signs. It is kept encrypted; a mistyped digit is found at once."),
    )
    phone = UnseenField(label=_("Phone"), required=False)
    address = UnseenField(label=_("Address"), required=False)
    field_order = ["name", "id_number", "phone", "township", "address"]


class ChangeForm(TownshipForm):
    """What is left empty stays as it is: nothing sealed is shown to be typed over."""

    name = UnseenField(label=_("Name of the householder"), required=False)
    id_number = UnseenField(label=_("ID number"), required=False)
    phone = UnseenField(label=_("Phone"), required=False)
    no_phone = forms.BooleanField(label=_("There is no phone any more"), required=False)
    address = UnseenField(label=_("Address"), required=False)
    no_address = forms.BooleanField(label=_("There is no address any more"), required=False)
    field_order = ["name", "id_number", "phone", "no_phone", "township", "address", "no_address"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].show_hidden_initial = True

    @property
    def given(self) -> dict[str, object]:
        """Of a valid form, what was changed in it since it was opened."""
        said = self.cleaned_data
        typed = {field: said[field] for field in Household.SEALED if said[field]}
        gone = {field: "" for field in ("phone", "address") if said[f"no_{field}"]}
        moved = {"township": said["township"]} if "township" in self.changed_data else {}
        return {**typed, **gone, **moved}


class ReasonForm(ServiceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It is kept and can be read by everybody at this desk: no names, no numbers."),
    )


class RevealForm(ReasonForm):
    field = forms.ChoiceField(label=_("What you need to see"), choices=Reveal.Field.choices)
    field_order = ["field"]


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=_("Excel file"),
        help_text=_("The one from above, filled in. Nothing is written yet."),
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )
