"""Addresses of figures, below /dashboard/."""

from django.urls import path

from marketplace.dashboard.figures import live, views

urlpatterns = [
    path("figures/", views.show_list, name="figures"),
    path("figures/live/", live.show_all, name="figures_live"),
    path("figures/<int:pk>/", views.show_batch, name="batch"),
    path("figures/<int:pk>/publish/", views.publish, name="batch_publish"),
    path("figures/<int:pk>/drop/", views.drop, name="batch_drop"),
    path("county/<slug:county>/figures/", live.show_county, name="county_figures"),
]
