from django.urls import path

from marketplace.dashboard.fees import views

urlpatterns = [
    path("", views.show_list, name="fees"),
    path("<slug:slug>/", views.show_one, name="fee"),
]
