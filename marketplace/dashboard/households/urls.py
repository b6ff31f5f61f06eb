"""Addresses of the register, below /dashboard/county/<county>/households/."""

from django.urls import path

from marketplace.dashboard.households import sheets, views, writing

ONE, SHEETS = "<slug:code>/", "sheets/"

COUNTY = [
    path("", views.show_list, name="households"),
    path("find/", views.find, name="household_find"),
    path("new/", writing.register, name="household_new"),
    path("looks/", views.show_looks, name="household_looks"),
    path(SHEETS, sheets.show_imports, name="household_imports"),
    path(f"{SHEETS}empty/", sheets.take_out, name="household_sheet"),
    path(f"{SHEETS}<int:pk>/", sheets.show_import, name="household_import"),
    path(ONE, views.show_household, name="household"),
    path(f"{ONE}look/", views.reveal, name="household_reveal"),
    path(f"{ONE}change/", writing.change, name="household_change"),
    path(f"{ONE}standing/", writing.stand, name="household_standing"),
    path(f"{ONE}erase/", writing.erase, name="household_erase"),
]
