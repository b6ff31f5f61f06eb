"""Addresses below /impact/: the published figures."""

from django.urls import path

from marketplace.shop.views import impact

app_name = "impact"

urlpatterns = [
    path("", impact.show_impact, name="latest"),
    path("<int:year>/", impact.show_year, name="year"),
    path("<int:year>/figures.csv", impact.download_figures, name="file"),
]
