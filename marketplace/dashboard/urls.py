"""Addresses below /dashboard/. Each of them is guarded, see marketplace.dashboard.access."""

from django.urls import include, path

from marketplace.dashboard.catalogue.urls import CATALOGUE
from marketplace.dashboard.delivery import views as delivery
from marketplace.dashboard.fairs import urls as fairs
from marketplace.dashboard.goods import urls as goods
from marketplace.dashboard.households import urls as households
from marketplace.dashboard.lots import views as lots
from marketplace.dashboard.messages import views as mails
from marketplace.dashboard.offers import views as offers
from marketplace.dashboard.orders import views as orders
from marketplace.dashboard.payments import views as payments
from marketplace.dashboard.people import views as people
from marketplace.dashboard.posts import views as posts
from marketplace.dashboard.recalls import views as recalls
from marketplace.dashboard.recognitions import views as recognitions
from marketplace.dashboard.refunds.views import refund
from marketplace.dashboard.settlement import office, payout_views
from marketplace.dashboard.settlement import views as money
from marketplace.dashboard.shipping import parcel_views as parcels
from marketplace.dashboard.shipping import printing
from marketplace.dashboard.shipping import views as shipping
from marketplace.dashboard.stock import views as stock
from marketplace.dashboard.views import show_cooperative, show_county, show_home

MONTH = "c/<slug:cooperative>/money/<int:year>-<int:month>"

app_name = "backoffice"
LOTS = [
    path("", lots.show_list, name="coop_lots"),
    path("new/", lots.record, name="coop_lot_new"),
    path("<slug:code>/", lots.show_lot, name="coop_lot"),
    path("<slug:code>/event/", lots.tell, name="coop_lot_event"),
    path("<slug:code>/paper/", lots.put_paper, name="coop_lot_paper"),
    path("<slug:code>/paper/<int:pk>/", lots.put_file, name="coop_lot_paper_file"),
    path("<slug:code>/release/", lots.release, name="coop_lot_release"),
    path("<slug:code>/labels/", lots.print_labels, name="coop_lot_label"),
    path("<slug:code>/recall/", recalls.recall_own, name="coop_lot_recall"),
]
urlpatterns = [
    path("", show_home, name="home"),
    path("orders/", orders.show_list, name="orders"),
    path("orders/<slug:number>/", orders.show_order, name="order"),
    path("orders/<slug:number>/cancel/", orders.cancel, name="cancel"),
    path("orders/<slug:number>/refund/", refund, name="refund"),
    path("orders/<slug:number>/packing/", orders.print_packing, name="packing"),
    path("orders/<slug:number>/packing/<int:pk>/", orders.print_packing, name="packing_one"),
    path("orders/<slug:number>/parcels/<int:pk>/delivered/", orders.deliver, name="delivered"),
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
    path("recalls/", recalls.show_list, name="recalls"),
    path("recalls/lot/<slug:code>/", recalls.recall_any, name="recall_new"),
    path("recalls/<int:pk>/", recalls.show_recall, name="recall"),
    path("recalls/<int:pk>/<int:notice>/done/", recalls.settle, name="recall_done"),
    path("", include("marketplace.dashboard.admission.urls")),
    path("", include("marketplace.dashboard.assistance.urls")),
    path("", include("marketplace.dashboard.plans.urls")),
    path("kinds/", include("marketplace.dashboard.kinds.urls")),
    path("", include("marketplace.dashboard.figures.urls")),
    path("county/<slug:county>/", show_county, name="county"),
    path("county/<slug:county>/households/", include(households.COUNTY)),
    path("c/<slug:cooperative>/", show_cooperative, name="coop"),
    path("c/<slug:cooperative>/today/", shipping.show_today, name="today"),
    path("c/<slug:cooperative>/today/picking/", shipping.show_picking, name="picking"),
    path("c/<slug:cooperative>/today/pack/", shipping.pack_several, name="pack_several"),
    path("c/<slug:cooperative>/today/send/", shipping.send_several, name="send_several"),
    path("c/<slug:cooperative>/today/slips/", printing.print_slips, name="slips"),
    path("c/<slug:cooperative>/today/labels/", printing.print_labels, name="labels"),
    path("c/<slug:cooperative>/parcels/<int:pk>/", parcels.show_parcel, name="parcel"),
    path("c/<slug:cooperative>/parcels/<int:pk>/pack/", parcels.pack_parcel, name="parcel_pack"),
    path("c/<slug:cooperative>/parcels/<int:pk>/ship/", parcels.ship_parcel, name="parcel_ship"),
    path(
        "c/<slug:cooperative>/parcels/<int:pk>/number/",
        parcels.correct_parcel,
        name="parcel_number",
    ),
    path("c/<slug:cooperative>/parcels/<int:pk>/slip/", printing.print_slip, name="slip"),
    path("c/<slug:cooperative>/parcels/<int:pk>/label/", printing.print_label, name="label"),
    path("c/<slug:cooperative>/lots/", include(LOTS)),
    path("payouts/", office.show_payouts, name="payouts"),
    path("payouts/all/", office.show_all, name="payouts_all"),
    path("payouts/files/", office.make_file, name="bank_file_new"),
    path("payouts/files/<int:pk>/", office.download_file, name="bank_file"),
    path("payouts/accounts/<int:pk>/", payout_views.show_account, name="bank_account"),
    path("payouts/<int:pk>/", payout_views.show_payout, name="payout"),
    path("c/<slug:cooperative>/money/", money.show_money, name="coop_money"),
    path("c/<slug:cooperative>/money/account/", money.change_account, name="coop_account"),
    path("c/<slug:cooperative>/people/", people.show_people, name="coop_people"),
    path("c/<slug:cooperative>/people/<int:pk>/", people.show_member, name="coop_member"),
    path("join/<str:token>/", people.answer_invitation, name="invitation"),
    path(f"{MONTH}/", money.show_statement, name="coop_statement"),
    path(f"{MONTH}/print/", money.print_statement, name="coop_statement_print"),
    path(f"{MONTH}/csv/", money.download_statement, name="coop_statement_csv"),
    path("fees/", include("marketplace.dashboard.fees.urls")),
    path("specialties/", include("marketplace.dashboard.specialties.urls")),
    path("pictures/", include("marketplace.dashboard.badges.urls")),
    path("regions/", include("marketplace.dashboard.regions.urls")),
    path("words/", include("marketplace.dashboard.synonyms.urls")),
    path("recognitions/", include("marketplace.dashboard.recognitions.urls")),
    path(
        "c/<slug:cooperative>/recognitions/<int:pk>/",
        recognitions.show_own_file,
        name="coop_recognition",
    ),
    path("goods/", include(goods.OPERATOR)),
    path("all-goods/", include(CATALOGUE)),
    path("posts/", posts.show_list, name="posts"),
    path("posts/new/", posts.appoint_somebody, name="post_new"),
    path("posts/<int:pk>/", posts.show_post, name="post"),
    path("c/<slug:cooperative>/goods/", include(goods.COOPERATIVE)),
    path("c/<slug:cooperative>/fairs/", include(fairs.COOPERATIVE)),
]
