"""Names at the top of a page's form the sections that visitors do not see, and why."""

from django.utils import timezone
from wagtail.admin.panels import Panel

from cms.blocks.reading import Found, needs_of_sections


class HintsPanel(Panel):
    """Shown only while there are any; it keeps nothing from being published, because what a section
    waits for may come by itself."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/hints.html"

        def __init__(self, **kwargs: object) -> None:
            super().__init__(**kwargs)
            found = Found(needs_of_sections(self.instance), day=timezone.localdate())
            hints = (
                (child.block.label, child.block.hint(child.value, found))
                for child in self.instance.body
            )
            self.rows = [(label, hint) for label, hint in hints if hint]

        def is_shown(self) -> bool:
            return bool(self.rows)
