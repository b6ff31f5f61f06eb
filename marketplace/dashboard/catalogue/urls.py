"""Addresses of all goods, for operators."""

from django.urls import path

from marketplace.dashboard.catalogue import views

CATALOGUE = [
    path("", views.show_list, name="catalogue"),
    path("<int:pk>/", views.show_good, name="any_good"),
    path("<int:pk>/prices/", views.change_prices, name="any_good_prices"),
    path("<int:pk>/papers/<int:paper>/", views.take_away, name="good_paper_remove"),
    path("<int:pk>/withdraw/", views.withdraw, name="good_withdraw"),
    path("<int:pk>/restore/", views.restore, name="good_restore"),
]
