from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "cms.home"
    label = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex  # noqa: PLC0415, needs all apps

        import_module("cms.home.receivers")
        import_module("cms.home.notices").connect_notices()
        import_module("cms.home.unmarked").label_fields()
        # Wagtail indexes what pages refer to, of settings only those it is told of.
        ReferenceIndex.register_model(self.get_model("SiteChrome"))
