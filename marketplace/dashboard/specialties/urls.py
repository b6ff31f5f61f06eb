from django.urls import path

from marketplace.dashboard.specialties import views

urlpatterns = [
    path("", views.show_list, name="specialties"),
    path("new/", views.add, name="specialty_new"),
    path("<int:pk>/", views.change, name="specialty"),
    path("<int:pk>/move/<slug:way>/", views.move, name="specialty_move"),
]
