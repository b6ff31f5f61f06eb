"""How allauth meets our user."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.mobile import MobileField, normalise_mobile
from marketplace.accounts.models import User
from marketplace.accounts.tasks import deliver_mail

# One answer for every wrong pair, whatever the sign-in name looked like.
WRONG_PAIR = _("The sign-in name or the password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers live on the user itself, mails wait for the commit and the worker.

    Codes by text message need a provider, which this shop does not have: no phone number is
    ever verified, and the methods that would send codes keep allauth's refusal.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **{f"{name}_password_mismatch": WRONG_PAIR for name in ("email", "phone", "username")},
        "email_taken": _("This e-mail address has an account already. Sign in with it."),
        "phone_taken": _("This mobile number has an account already. Sign in with it."),
    }

    def phone_form_field(self, **kwargs: Any) -> MobileField:
        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=normalise_mobile(phone)).first()

    def save_user(
        self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True
    ) -> User:
        user.phone = form.cleaned_data.get("phone")
        return super().save_user(request, user, form, commit)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Not the last contact: nobody could sign in any more."""
        others = EmailAddress.objects.filter(user=email_address.user).exclude(pk=email_address.pk)
        has_other_contact = bool(email_address.user.phone) or others.exists()
        return has_other_contact and super().can_delete_email(email_address)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Failed attempts are counted for each sign-in name; allauth forgets phone numbers."""
        credentials.setdefault("username", credentials.get("phone", ""))
        super().pre_authenticate(request, **credentials)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    get_signup_redirect_url = get_login_redirect_url
    get_password_change_redirect_url = get_login_redirect_url

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        mail = self.render_mail(template_prefix, email, {"email": email, **context})

        def send() -> None:
            deliver_mail.delay(mail.subject, mail.body, mail.from_email, mail.to)

        transaction.on_commit(send, robust=True)
