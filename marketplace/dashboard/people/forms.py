"""Who is invited, and as what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.producers.models import Membership

ROLES = Membership.Role.choices
WHAT_ROLES_MAY = _(
    "The owner may do everything. The clerk sells and ships and sees no money. "
    "The accountant sees money and changes nothing."
)


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), choices=ROLES, initial=Membership.Role.CLERK, help_text=WHAT_ROLES_MAY
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, help_text=WHAT_ROLES_MAY)
