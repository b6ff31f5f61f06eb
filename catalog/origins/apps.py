from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OriginsConfig(AppConfig):
    name = "catalog.origins"
    verbose_name = _("Regions")
