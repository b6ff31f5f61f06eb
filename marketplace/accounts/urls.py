"""Addresses below /account/: of allauth only what this shop offers, under allauth's names."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from marketplace.accounts.forms import LoginForm, SignupForm
from marketplace.accounts.views import AccountHome

urlpatterns = [
    path("", AccountHome.as_view(), name="account_home"),
    path("login/", allauth_views.LoginView.as_view(form_class=LoginForm), name="account_login"),
    path("signup/", allauth_views.SignupView.as_view(form_class=SignupForm), name="account_signup"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("email/", allauth_views.email, name="account_email"),
    path(
        "confirm-email/",
        allauth_views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$",
        allauth_views.confirm_email,
        name="account_confirm_email",
    ),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("oscar/", include("marketplace.accounts.customer_urls")),
]
