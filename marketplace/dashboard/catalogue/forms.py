"""What an operator asks of the goods, and why one goes off sale."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Category
from marketplace.dashboard.catalogue.querysets import SORTS, STATES
from marketplace.dashboard.fields import ServiceForm
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.querysets import cooperative_choices

MOST_REASON = 500


class CatalogueFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Good or pack's number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    cooperative = forms.ChoiceField(label=_("Producer"), required=False)
    specialty = forms.ChoiceField(label=_("Specialty"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cooperative"].choices = [("", _("Of every producer")), *cooperative_choices()]
        specialties = [(root.pk, root.name_text) for root in Category.objects.specialties()]
        self.fields["specialty"].choices = [("", _("Every specialty")), *specialties]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the fields that lie folded away says something."""
        folded = {"cooperative", "specialty", "sort"}
        return not folded.isdisjoint({**self.chosen, **self.errors})


class ReasonForm(ServiceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_REASON,
        help_text=_("The cooperative reads it word for word, by e-mail and beside the good."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
