from django.urls import path

from marketplace.dashboard.badges import views

urlpatterns = [
    path("", views.show_list, name="badges"),
    path("<slug:slug>/", views.change, name="badge"),
]
