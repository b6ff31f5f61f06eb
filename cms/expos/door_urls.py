"""The page at a door of a fair."""

from django.urls import path

from cms.expos import door_views as views

app_name = "doors"

urlpatterns = [path("<slug:token>/", views.page, name="page")]
