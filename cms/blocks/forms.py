"""The form of every page: what must not become public is refused beside the field."""

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from cms.blocks.faults import faults_in_children, find_faults

# Buttons after which the public, or an approver, gets to see the page.
LEADS_OUT = ("action-publish", "action-submit", "action-restart-workflow")


class SectionsPageForm(WagtailAdminPageForm):
    """A draft may hold anything, and an approver may send back a page with faults."""

    def is_valid(self) -> bool:
        return super().is_valid() and not (self.leads_out() and self.add_faults())

    def leads_out(self) -> bool:
        """Wagtail defers what is required when it will only save a draft."""
        if self.is_deferred_validation:
            return False
        if any(self.data.get(name) for name in LEADS_OUT):
            return True
        if self.data.get("action-workflow-action"):
            return self.data.get("workflow-action-name") != "reject"
        return not self.data.get("action-cancel-workflow")

    def add_faults(self) -> bool:
        """Whether there are any. A field that the form does not show is named above all fields."""
        day = timezone.localdate()
        faults = find_faults(self.instance, day)
        for name, error in faults.items():
            self.add_error(name if name in self.fields else None, error)
        rows = dict(faults_in_children(self.instance, day))
        for formset in self.formsets.values():
            for form in formset:
                for name, error in rows.pop(form.instance, {}).items():
                    form.add_error(name if name in form.fields else None, error)
        for more in rows.values():
            self.add_error(None, more.words)
        return bool(self.errors) or not all(
            formset.is_valid() for formset in self.formsets.values()
        )
