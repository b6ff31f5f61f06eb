"""The four names that Oscar's own code reverses, each leading to our page for it."""

from django.urls import path
from django.views.generic import RedirectView

app_name = "customer"

urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login"), name="login"),
    path("register/", RedirectView.as_view(pattern_name="account_signup"), name="register"),
    path("logout/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
    path("summary/", RedirectView.as_view(pattern_name="account_home"), name="summary"),
]
