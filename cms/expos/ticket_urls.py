"""Signing up for a fair, and the ticket's own page."""

from django.urls import path

from cms.expos import ticket_views as views

app_name = "tickets"

urlpatterns = [
    path("new/<int:pk>/", views.new, name="new"),
    path("<slug:code>/", views.page, name="page"),
    path("<slug:code>/cancel/", views.cancel, name="cancel"),
    path("<slug:code>/calendar.ics", views.calendar, name="calendar"),
]
