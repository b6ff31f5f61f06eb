"""Addresses of fairs, below /dashboard/c/<cooperative>/fairs/."""

from django.urls import path

from marketplace.dashboard.fairs import views

COOPERATIVE = [
    path("", views.show_list, name="coop_fairs"),
    path("<int:pk>/", views.show_fair, name="coop_fair"),
    path("<int:pk>/apply/", views.write, name="coop_fair_apply"),
    path("<int:pk>/withdraw/", views.withdraw, name="coop_fair_withdraw"),
]
