"""What people write of a paper."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.licences import KINDS
from catalog.papers.models import Paper
from catalog.papers.services import Details
from marketplace.dashboard.fields import PaperFileField, ServiceForm
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.papers.querysets import ENDED, ENDING, VALID

FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2099, 12, 31)
STATES = [
    (VALID, pgettext_lazy("paper", "Valid")),
    (ENDING, _("Ends soon")),
    (ENDED, pgettext_lazy("paper", "Ended")),
]


class PaperFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=STATES)


class PaperDayField(forms.DateField):
    """A business may be older than this market."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1980 and 2099."))


class PaperForm(ServiceForm):
    """One paper as it is printed, and its photo or PDF."""

    kind = forms.ChoiceField(
        label=_("Which paper"), choices=[(kind.value, kind.label) for kind in KINDS]
    )
    number = forms.CharField(label=_("Number"), max_length=60)
    issuer = forms.CharField(label=_("Issued by"), max_length=80)
    valid_from = PaperDayField(label=_("Valid from"))
    valid_until = PaperDayField(
        label=_("Valid until"), required=False, help_text=_("Empty: without end.")
    )
    file = PaperFileField(label=_("Photo or PDF"), help_text=_("Up to 10 MB."))

    @staticmethod
    def initial_of(paper: Paper | None) -> dict[str, object]:
        """A renewed paper has its kind and its issuer from the one that ends."""
        names = ("kind", "number", "issuer")
        return {name: getattr(paper, name) for name in names} if paper else {}

    def details_of(self, holder: str) -> Details:
        given = {name: self.cleaned_data[name] for name in Details._fields if name != "holder"}
        return Details(**given, holder=holder)
