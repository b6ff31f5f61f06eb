"""The organiser's screens about visitors, under /cms/."""

from django.urls import path

from cms.expos.admin.visitors.doors import CloseDoorView, DoorsView
from cms.expos.admin.visitors.listing import VisitorsView
from cms.expos.admin.visitors.live import FairsView, LiveView
from cms.expos.admin.visitors.seats import SessionsView

app_name = "fair_visitors"

urlpatterns = [
    path("", FairsView.as_view(), name="fairs"),
    path("<int:pk>/", LiveView.as_view(), name="live"),
    path("<int:pk>/list/", VisitorsView.as_view(), name="visitors"),
    path(
        "<int:pk>/list/results/", VisitorsView.as_view(results_only=True), name="visitors_results"
    ),
    path("<int:pk>/seats/", SessionsView.as_view(), name="sessions"),
    path("<int:pk>/doors/", DoorsView.as_view(), name="doors"),
    path("<int:pk>/doors/<int:door>/close/", CloseDoorView.as_view(), name="close_door"),
]
