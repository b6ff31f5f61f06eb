from django.urls import path

from marketplace.basket.views import adding, lines, page, vouchers

app_name = "basket"
urlpatterns = [
    path("", page.summary, name="summary"),
    path("add/", adding.add, name="add"),
    path("lines/<int:line_id>/set/", lines.set_line, name="set"),
    path("lines/<int:line_id>/remove/", lines.take_out, name="remove"),
    path("lines/<int:line_id>/save/", lines.save, name="save"),
    path("lines/<int:line_id>/back/", lines.bring_back, name="back"),
    path("lines/<int:line_id>/price/", lines.accept, name="accept"),
    path("merged/", lines.read_merge, name="merged"),
    path("voucher/", vouchers.apply, name="voucher"),
    path("voucher/remove/", vouchers.remove, name="voucher_remove"),
]
