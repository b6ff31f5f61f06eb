"""Addresses: machines first, then what every language has under its own prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.home.publishing import approve
from cms.home.sitemaps import PageSection
from cms.home.views import show_home, show_page
from cms.patterns.views import show_patterns
from marketplace import health
from marketplace.accounts.views import admin_sign_in
from marketplace.payment import views as payment
from marketplace.shop.sitemaps import SECTIONS
from marketplace.shop.views import machines

handler400 = "marketplace.errors.bad_request"
handler403 = "marketplace.errors.permission_denied"
handler404 = "marketplace.errors.page_not_found"
handler429 = "marketplace.errors.too_many_requests"
handler500 = "marketplace.errors.server_error"

SITEMAPS = {"sections": {"pages": PageSection(), **SECTIONS}}

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, SITEMAPS, name="sitemap_index"),
    path("sitemap-<slug:name>.xml", machines.sitemap_section, SITEMAPS, name="sitemap_section"),
    path("webhooks/stripe/", payment.webhook, name="stripe_webhook"),
    # Wagtail's own pages for these know neither rate limits nor second factors.
    path("cms/login/", admin_sign_in),
    path("cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    # Wagtail's own would answer a refusal with an error page.
    path(
        "cms/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", approve
    ),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.DEMO_ALLOWED:
    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

if settings.PATTERN_LIBRARY:
    urlpatterns += [path("patterns/", show_patterns, name="patterns")]

urlpatterns += i18n_patterns(
    path("shop/basket/", include("marketplace.basket.urls")),
    path("shop/checkout/", include("marketplace.checkout.urls")),
    path("shop/orders/", include("marketplace.order.urls")),
    path("shop/orders/", include("marketplace.payment.urls")),
    path("shop/orders/", include("marketplace.shop.receipt.urls")),
    path("shop/", include("marketplace.shop.urls")),
    path("cooperatives/", include("marketplace.shop.cooperative_urls")),
    path("trace/", include("marketplace.shop.trace_urls")),
    path("impact/", include("marketplace.shop.impact_urls")),
    path("tickets/", include("cms.expos.ticket_urls")),
    path("door/", include("cms.expos.door_urls")),
    path("account/orders/", include("marketplace.order.account_urls")),
    path("account/addresses/", include("marketplace.address.urls")),
    path("account/", include("marketplace.accounts.urls")),
    path("dashboard/", include("marketplace.dashboard.urls")),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", show_home, name="home_page"),
    re_path(r"^(?!_util/)((?:[\w\-]+/)+)$", show_page),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
