from django.urls import path

from marketplace.dashboard.figures import views

urlpatterns = [
    path("", views.show_list, name="figures"),
    path("<int:pk>/", views.show_batch, name="batch"),
    path("<int:pk>/publish/", views.publish, name="batch_publish"),
    path("<int:pk>/drop/", views.drop, name="batch_drop"),
]
