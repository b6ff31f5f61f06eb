"""Addresses below /cooperatives/."""

from django.urls import path

from marketplace.shop.views import cooperatives

app_name = "cooperatives"

urlpatterns = [
    path("", cooperatives.list_cooperatives, name="list"),
    path("<slug:slug>/", cooperatives.show_cooperative, name="detail"),
]
