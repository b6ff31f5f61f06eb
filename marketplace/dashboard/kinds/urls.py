from django.urls import path

from marketplace.dashboard.kinds import views

urlpatterns = [
    path("", views.show_lists, name="kinds"),
    path("<slug:table>/new/", views.add, name="kind_new"),
    path("<slug:table>/<int:pk>/", views.change, name="kind"),
    path("<slug:table>/<int:pk>/move/<slug:way>/", views.move, name="kind_move"),
]
