from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from marketplace.shop.kept_pages import watch_writes


class ShopConfig(AppConfig):
    name = "marketplace.shop"
    verbose_name = _("Shop")

    def ready(self) -> None:
        connection_created.connect(watch_writes)
