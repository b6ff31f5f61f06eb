"""django-oscar: which apps are forked, and the settings of those that are not."""

from oscar import INSTALLED_APPS as UPSTREAM_APPS
from oscar.defaults import *

# What we changed of Oscar: app label to our config. A test holds this against the app registry.
FORKS = {
    "address": "marketplace.address.apps.AddressConfig",
    "basket": "marketplace.basket.apps.BasketConfig",
    "catalogue": "catalog.apps.CatalogueConfig",
    "offer": "marketplace.offer.apps.OfferConfig",
    "order": "marketplace.order.apps.OrderConfig",
    "partner": "marketplace.partner.apps.PartnerConfig",
    "payment": "marketplace.payment.apps.PaymentConfig",
    "search": "marketplace.search.apps.SearchConfig",
    "shipping": "marketplace.shipping.apps.ShippingConfig",
    "voucher": "marketplace.voucher.apps.VoucherConfig",
}
_NOT_OURS = ("django.", "haystack")


def fork_of(app: str) -> str:
    label = app.removeprefix("oscar.apps.").split(".apps.")[0]
    return FORKS.get(label, app)


OSCAR_APPS = [fork_of(app) for app in UPSTREAM_APPS if not app.startswith(_NOT_OURS)]

OSCAR_SHOP_NAME = "阴山集"
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_EAGER_ALERTS = False
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_SLUG_FUNCTION = "marketplace.search.pinyin.slugify"
OSCAR_IMAGE_FOLDER = "goods/"
OSCAR_DELETE_IMAGE_FILES = True
# Oscar imports its search forms by name, although Haystack is not installed.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
