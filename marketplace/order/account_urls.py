"""Below /account/: what one has ordered."""

from django.urls import path

from marketplace.order import views

urlpatterns = [path("", views.my_orders, name="account_orders")]
