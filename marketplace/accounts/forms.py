"""Signing in and signing up with an e-mail address or a mobile number, and a password."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.mobile import MobileField
from marketplace.accounts.models import User

CONTACT_LABEL = _("E-mail address or mobile number")
INVALID_CONTACT = _("Enter an e-mail address, or a mobile number of 11 digits.")


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = CONTACT_LABEL
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class SignupForm(allauth_forms.SignupForm):
    """One field takes either contact; the privacy notice is agreed to, never assumed.

    A mobile number is not verified here: that takes a provider of text messages. It serves
    as a name to sign in with, and nothing is ever shown or sent on the strength of it.
    """

    field_order = ["contact", "password1", "privacy"]

    contact = forms.CharField(
        label=CONTACT_LABEL,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    privacy = forms.BooleanField(
        error_messages={"required": _("Without this we may not keep your data.")}
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields["password1"].label = _("Password")
        self.fields["password1"].widget.attrs.pop("placeholder", None)
        self.fields["privacy"].label = privacy_label()

    def clean_contact(self) -> str:
        """Also fills in `email` or `phone`, which allauth and our adapter read."""
        contact = self.cleaned_data["contact"].strip()
        if "@" in contact:
            self.cleaned_data["email"] = self._free_email(contact.lower())
        else:
            self.cleaned_data["phone"] = self._free_phone(contact)
        return contact

    def _free_email(self, email: str) -> str:
        EmailValidator(INVALID_CONTACT)(email)
        return self.validate_unique_email(email)

    def _free_phone(self, phone: str) -> str:
        try:
            phone = MobileField().clean(phone)
        except ValidationError as error:
            raise ValidationError(INVALID_CONTACT) from error
        if User.objects.filter(phone=phone).exists():
            raise get_adapter().validation_error("phone_taken")
        return phone


def privacy_label() -> str:
    words = gettext("I have read the {notice} and agree.")
    address = reverse("wagtail_serve", args=["privacy/"])
    notice = format_html(
        '<a class="link" href="{}" target="_blank">{}</a>', address, gettext("privacy notice")
    )
    return format_html(words, notice=notice)
