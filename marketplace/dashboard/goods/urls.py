"""Addresses of the goods' room: a cooperative's, and the operator's review."""

from django.urls import path

from marketplace.dashboard.goods import closing, review, sheet_views, views, wizard

COOPERATIVE = [
    path("", views.show_list, name="goods"),
    path("prices/", views.change_prices, name="goods_prices"),
    path("sheet/", sheet_views.show_sheets, name="goods_sheets"),
    path("sheet/export/", sheet_views.export, name="goods_export"),
    path("sheet/<int:pk>/", sheet_views.show_import, name="goods_import"),
    path("closed/", closing.change_closed_days, name="goods_closed"),
    path("words/", wizard.look_at_words, name="goods_words"),
    path("new/", wizard.start_good, name="goods_new"),
    path("<int:pk>/", views.show_good, name="good"),
    path("<int:pk>/change/", wizard.start_change, name="good_change"),
    path("proposals/<int:pk>/", wizard.show_proposal, name="proposal"),
    path("proposals/<int:pk>/move/", wizard.move_proposal, name="proposal_move"),
    path("proposals/<int:pk>/papers/<int:paper>/", wizard.show_paper, name="proposal_paper"),
    path("proposals/<int:pk>/<slug:step>/", wizard.write_step, name="proposal_step"),
]
OPERATOR = [
    path("", review.show_waiting, name="review"),
    path("<int:pk>/", review.decide, name="review_one"),
    path("<int:pk>/papers/<int:paper>/", review.show_paper, name="review_paper"),
]
