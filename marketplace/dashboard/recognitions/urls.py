from django.urls import path

from marketplace.dashboard.recognitions import scheme_views as schemes
from marketplace.dashboard.recognitions import views

urlpatterns = [
    path("", views.show_list, name="recognitions"),
    path("new/", views.choose_producer, name="recognition_whose"),
    path("new/<slug:slug>/", views.add, name="recognition_new"),
    path("schemes/", schemes.show_list, name="schemes"),
    path("new-scheme/", schemes.add, name="scheme_new"),
    path("schemes/<slug:code>/", schemes.show_scheme, name="scheme"),
    path("schemes/<slug:code>/county/", schemes.add_county, name="scheme_county_new"),
    path("schemes/<slug:code>/county/<int:pk>/", schemes.end_county, name="scheme_county"),
    path("<int:pk>/", views.show_one, name="recognition"),
    path("<int:pk>/file/", views.show_file, name="recognition_file"),
]
