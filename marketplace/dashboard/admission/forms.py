"""What applicants, counties and operators write of an application."""

from itertools import groupby

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.origins.models import Region
from catalog.producers.admission.models import KINDS, MOST_NOTICE_DAYS, AdmissionCounty, Application
from catalog.producers.admission.services.applying import TEXTS
from catalog.producers.admission.services.steps import MOST_REASON
from marketplace.accounts.mobile import normalise_mobile
from marketplace.dashboard.fields import DayField, PaperFileField, ServiceForm
from marketplace.pictures import Colour

# The programme's city, whose counties may be listed.
HOHHOT = "150100"
SPECIALTIES = [
    (Colour.OAT, _("Oats")),
    (Colour.QUINOA, _("Quinoa")),
    (Colour.POTATO, _("Potatoes")),
    (Colour.LAMB, _("Mutton")),
    (Colour.NEAR, _("Something else")),
]
CHOOSE = ("", _("Choose…"))


def township_choices() -> list:
    """By county, the townships from which somebody may apply today."""
    listed = AdmissionCounty.objects.in_force(timezone.localdate()).values("region")
    towns = Region.objects.filter(parent__in=listed).select_related("parent")
    groups = groupby(towns.order_by("parent_id", "code"), key=lambda town: town.parent)
    return [
        CHOOSE,
        *(
            (county.name_text, [(town.pk, town.name_text) for town in towns])
            for county, towns in groups
        ),
    ]


class ApplicationForm(ServiceForm):
    """Everything may stay empty: it is kept as typed, and handing it in asks for the rest."""

    kind = forms.ChoiceField(label=_("What are you?"), required=False, choices=[CHOOSE, *KINDS])
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("As on the business licence; individual growers write their own name."),
    )
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=30,
        required=False,
        help_text=_("As buyers shall see it. Empty: the whole name."),
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        required=False,
        help_text=_("18 digits and letters. Individual growers leave it empty."),
    )
    township = forms.ChoiceField(label=_("Township"), required=False)
    specialty = forms.ChoiceField(
        label=_("What do you mainly sell?"), required=False, choices=[CHOOSE, *SPECIALTIES]
    )
    summary = forms.CharField(
        label=_("What you grow and make"),
        max_length=200,
        required=False,
        help_text=_("One or two sentences; buyers read them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    benefit_text = forms.CharField(
        label=_("How households take part"),
        max_length=1000,
        required=False,
        help_text=_(
            "Contracts, wages, rent: what the villagers have of it. No names of households."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact_name = forms.CharField(label=_("Whom to call"), max_length=40, required=False)
    contact_mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].choices = township_choices()

    @staticmethod
    def initial_of(application: Application) -> dict[str, object]:
        typed = {name: getattr(application, name) for name in TEXTS}
        return {**typed, "township": application.township_id}

    def clean_credit_code(self) -> str:
        return self.cleaned_data["credit_code"].upper().replace(" ", "")

    def clean_contact_mobile(self) -> str:
        return normalise_mobile(self.cleaned_data["contact_mobile"])

    @property
    def typed(self) -> dict[str, object]:
        towns = Region.objects.select_related("parent")
        town = towns.filter(pk=self.cleaned_data["township"] or None).first()
        return {**self.cleaned_data, "township": town}


class ReasonForm(ServiceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_REASON,
        help_text=_("Whoever applied reads it word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(ReasonForm):
    reason = forms.CharField(
        label=_("Note"),
        max_length=MOST_REASON,
        required=False,
        help_text=_("Whoever applied reads it word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(ServiceForm):
    """The applicant's own: nobody has to be told who reads it."""

    reason = forms.CharField(
        label=_("Note"),
        max_length=MOST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecommendForm(ServiceForm):
    signed_on = DayField(label=_("Day on the sheet"))
    sheet = PaperFileField(label=_("Stamped sheet"), help_text=_("Photo or PDF, up to 10 MB."))

    def clean_signed_on(self) -> object:
        if self.cleaned_data["signed_on"] > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["signed_on"]


class AnswerForm(ServiceForm):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=1000,
        help_text=_(
            "It goes by e-mail to whoever objected, if there is an address; else please call. "
            "Whoever applied reads it too."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def county_choices() -> list[tuple[str, str]]:
    """The counties from which producers may come, by their codes."""
    counties = Region.objects.filter(level=Region.Level.DISTRICT, parent_id=HOHHOT)
    return [(row.pk, row.name_text) for row in counties.order_by("code")]


class CountyForm(ServiceForm):
    region = forms.ChoiceField(label=_("County"))
    begins_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until further."))
    notice_days = forms.IntegerField(
        label=_("Days of public notice"), min_value=1, max_value=MOST_NOTICE_DAYS, initial=7
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = county_choices()
