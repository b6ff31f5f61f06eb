from django.urls import path

from marketplace.checkout import views

app_name = "checkout"
urlpatterns = [
    path("", views.confirm, name="confirm"),
]
