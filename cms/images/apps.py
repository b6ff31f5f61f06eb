from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.images.encoding import encode_fast


class ImagesConfig(AppConfig):
    name = "cms.images"
    label = "images"
    verbose_name = _("Page images")

    def ready(self) -> None:
        import_module("cms.images.receivers")
        encode_fast()
