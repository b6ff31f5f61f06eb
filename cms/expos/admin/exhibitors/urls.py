"""The organiser's screens of a fair, under /cms/."""

from django.urls import path

from cms.expos.admin.exhibitors.application import ApplicationView
from cms.expos.admin.exhibitors.applications import ApplicationsView, ReviewsView
from cms.expos.admin.exhibitors.booths import BoothsView, BoothView
from cms.expos.admin.exhibitors.desk import DeskView

app_name = "fair_desk"

urlpatterns = [
    path("reviews/", ReviewsView.as_view(), name="reviews"),
    path("<int:pk>/", DeskView.as_view(), name="desk"),
    path("<int:pk>/applications/", ApplicationsView.as_view(), name="applications"),
    path("<int:pk>/applications/<int:row>/", ApplicationView.as_view(), name="application"),
    path("<int:pk>/booths/", BoothsView.as_view(), name="booths"),
    path("<int:pk>/booths/<int:row>/", BoothView.as_view(), name="booth"),
]
