from django.urls import path

from marketplace.payment import views

app_name = "payment"
urlpatterns = [
    path("<str:signed>/pay/", views.pay, name="pay"),
    path("<str:signed>/pay/away/", views.pay_away, name="away"),
    path("<str:signed>/cancel/", views.cancel, name="cancel"),
    path("<str:signed>/return/", views.come_back, name="return"),
]
