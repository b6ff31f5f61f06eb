from django.urls import path

from marketplace.dashboard.synonyms import views

urlpatterns = [
    path("", views.show_list, name="synonyms"),
    path("new/", views.add, name="synonyms_new"),
    path("<int:pk>/", views.change, name="synonyms_one"),
    path("<int:pk>/remove/", views.remove, name="synonyms_remove"),
]
