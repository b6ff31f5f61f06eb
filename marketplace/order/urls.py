from django.urls import path

from marketplace.order import views

app_name = "order"
urlpatterns = [
    path("<str:signed>/", views.page, name="page"),
    path("<str:signed>/again/", views.again, name="again"),
    path("<str:signed>/parcels/<int:pk>/received/", views.received, name="received"),
]
