"""Who gets which post, from when until when."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.origins.models import Region
from marketplace.accounts.models import Posting
from marketplace.accounts.roles import DESKS
from marketplace.dashboard.admission.forms import county_choices
from marketplace.dashboard.fields import DayField
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.posts.querysets import STATES

ROLES = [(role.value, role.label) for role in DESKS]


class PostFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=STATES)


class AppointForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("With which the person has signed up here."),
    )
    role = forms.ChoiceField(
        label=_("Post"),
        choices=ROLES,
        initial=Posting.Role.COUNTY_CONFIRMER,
        help_text=_(
            "An operator may do everything at this desk. A county confirmer checks who applies in "
            "one county, and recommends."
        ),
    )
    county = forms.ChoiceField(
        label=pgettext_lazy("post", "County"),
        required=False,
        help_text=_("Only for a county confirmer."),
    )
    begins_on = DayField(label=_("First day"), initial=timezone.localdate)
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until further."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [("", "—"), *county_choices()]

    def clean_county(self) -> Region | None:
        return Region.objects.filter(pk=self.cleaned_data["county"] or None).first()


class EndForm(forms.Form):
    """`seen` is the last day that the page showed."""

    last = DayField(label=_("Last day"), help_text=_("This day still counts."))
    seen = forms.DateField(required=False, widget=forms.HiddenInput)


class EndNowForm(forms.Form):
    seen = forms.DateField(required=False, widget=forms.HiddenInput)
