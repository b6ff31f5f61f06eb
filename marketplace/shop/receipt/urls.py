"""Addresses below /shop/orders/: the receipt of whoever holds the order's signed link."""

from django.urls import path

from marketplace.shop.receipt import views

app_name = "receipt"
urlpatterns = [
    path("<str:signed>/receipt/", views.show_receipt, name="page"),
    path("<str:signed>/receipt/state/", views.show_state, name="state"),
    path("<str:signed>/receipt/receipt.jpg", views.hand_out, name="picture"),
]
