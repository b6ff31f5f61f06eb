"""Addresses below /dashboard/. Each of them is guarded, see marketplace.dashboard.access."""

from django.urls import include, path

from marketplace.dashboard.delivery import views as delivery
from marketplace.dashboard.goods import urls as goods
from marketplace.dashboard.messages import views as mails
from marketplace.dashboard.offers import views as offers
from marketplace.dashboard.orders import views as orders
from marketplace.dashboard.payments import views as payments
from marketplace.dashboard.refunds.views import refund
from marketplace.dashboard.stock import views as stock
from marketplace.dashboard.views import show_cooperative, show_county, show_home

app_name = "backoffice"
urlpatterns = [
    path("", show_home, name="home"),
    path("orders/", orders.show_list, name="orders"),
    path("orders/<slug:number>/", orders.show_order, name="order"),
    path("orders/<slug:number>/cancel/", orders.cancel, name="cancel"),
    path("orders/<slug:number>/refund/", refund, name="refund"),
    path("orders/<slug:number>/packing/", orders.print_packing, name="packing"),
    path("orders/<slug:number>/packing/<int:pk>/", orders.print_packing, name="packing_one"),
    path("payments/", payments.show_payments, name="payments"),
    path("payments/compare/", payments.compare, name="compare"),
    path("payments/findings/<int:pk>/", payments.show_finding, name="finding"),
    path("payments/refunds/", payments.show_refunds, name="refunds"),
    path("payments/refunds/<int:pk>/again/", payments.try_refund_again, name="refund_again"),
    path("messages/", mails.show_list, name="messages"),
    path("messages/<int:pk>/", mails.show_message, name="message"),
    path("delivery/", delivery.show_table, name="delivery"),
    path("delivery/<slug:zone>/<slug:storage>/", delivery.change, name="tariff"),
    path("delivery/<slug:zone>/<slug:storage>/remove/", delivery.remove, name="tariff_remove"),
    path("offers/", offers.show_list, name="offers"),
    path("offers/new-voucher/", offers.make_voucher, name="voucher_new"),
    path("offers/new-offer/", offers.make_offer, name="offer_new"),
    path("offers/voucher/<int:pk>/end/", offers.end_a_voucher, name="voucher_end"),
    path("offers/offer/<int:pk>/end/", offers.end_an_offer, name="offer_end"),
    path("stock/", stock.show_list, name="stock"),
    path("stock/<int:pk>/", stock.change, name="pack"),
    path("goods/", include(goods.OPERATOR)),
    path("county/<slug:county>/", show_county, name="county"),
    path("c/<slug:cooperative>/", show_cooperative, name="coop"),
    path("c/<slug:cooperative>/goods/", include(goods.COOPERATIVE)),
]
