"""Addresses below /shop/."""

from django.urls import path

from marketplace.shop.views import delivery, product, shelf, visitor

app_name = "shop"

urlpatterns = [
    path("", shelf.list_goods, name="list"),
    path("c/<slug:slug>_<int:pk>/", shelf.show_category, name="category"),
    path("search/", shelf.search, name="search"),
    path("suggest/", visitor.suggest, name="suggest"),
    path("visitor/", visitor.show_visitor, name="visitor"),
    path("delivery/", delivery.show_delivery, name="delivery"),
    path("destination/", delivery.choose_region, name="destination"),
    path("large-print/", visitor.switch_large_print, name="large_print"),
    path("<slug:slug>_<int:pk>/", product.show_product, name="product"),
]
