"""Addresses of sales plans, below /dashboard/."""

from django.urls import path

from marketplace.dashboard.plans import county, exports, views

COUNTYS = "county/<slug:county>/plan/"

urlpatterns = [
    path("plans/", views.show_list, name="plans"),
    path("plans/new/", views.make, name="plan_new"),
    path("plans/<int:pk>/", views.show, name="plan"),
    path("plans/<int:pk>/edit/", views.edit, name="plan_edit"),
    path("plans/<int:pk>/edit/<slug:code>/", views.edit_county, name="plan_county"),
    path("plans/<int:pk>/export/", exports.ask, name="plan_export_new"),
    path("plans/exports/<int:pk>/", exports.show, name="plan_export"),
    path("plans/exports/<int:pk>/file/", exports.download, name="plan_export_file"),
    path(COUNTYS, county.show, name="county_plan"),
    path(f"{COUNTYS}export/", county.ask, name="county_plan_export_new"),
    path(f"{COUNTYS}exports/<int:pk>/", county.show_export, name="county_plan_export"),
    path(f"{COUNTYS}exports/<int:pk>/file/", county.download, name="county_plan_export_file"),
]
