"""Addresses below /cooperatives/."""

from django.urls import path

from marketplace.shop.views import cooperatives, notices

app_name = "cooperatives"

urlpatterns = [
    path("", cooperatives.list_cooperatives, name="list"),
    path("notices/", notices.list_notices, name="notices"),
    path("notices/<int:pk>/", notices.show_notice, name="notice"),
    path("<slug:slug>/", cooperatives.show_cooperative, name="detail"),
]
