from django.urls import path

from marketplace.address import views

app_name = "address"
urlpatterns = [
    path("", views.kept, name="list"),
    path("add/", views.add, name="add"),
    path("<int:address_id>/", views.change, name="change"),
    path("<int:address_id>/delete/", views.delete, name="delete"),
    path("<int:address_id>/default/", views.default, name="default"),
]
