"""Addresses below /trace/: what the QR code on a pack leads to."""

from django.urls import path

from marketplace.shop.views import trace

app_name = "trace"

urlpatterns = [
    path("<slug:code>/", trace.show_lot, name="lot"),
    path("<slug:code>/epcis.json", trace.export_events, name="epcis"),
]
