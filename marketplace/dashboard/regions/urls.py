from django.urls import path

from marketplace.dashboard.regions import views

urlpatterns = [
    path("", views.show_list, name="regions"),
    path("<slug:code>/", views.change, name="region"),
]
