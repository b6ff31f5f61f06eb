"""Names at the top of a page's form what will keep it from being published."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from cms.blocks.faults import Faults, faults_in_children, find_faults


class FaultsPanel(Panel):
    """Shown only while there is something to name; saving a draft stays possible."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/faults.html"

        def __init__(self, **kwargs: object) -> None:
            super().__init__(**kwargs)
            self.rows = [(self.label_of(name), words) for name, words in self.faults()]

        def faults(self) -> list[tuple[str, list[str]]]:
            day = timezone.localdate()
            found = find_faults(self.instance, day)
            parts = [(name, Faults({name: error}).words) for name, error in found.items()]
            return parts + [
                ("", more.words) for _row, more in faults_in_children(self.instance, day)
            ]

        def label_of(self, name: str) -> str:
            return self.instance._meta.get_field(name).verbose_name if name else _("Further rows")

        def is_shown(self) -> bool:
            return bool(self.rows)
