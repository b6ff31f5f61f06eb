"""Forms of pages and of other rows that the public sees: what must not become public is refused
beside the field."""

from collections.abc import Iterator

from django.forms import ModelForm
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import COMMENTS_RELATION_NAME

from cms.blocks.faults import Judge, faults_of_row

# Buttons after which the public, or an approver, gets to see the page.
LEADS_OUT = ("action-publish", "action-submit", "action-restart-workflow")


class GuardedForm(WagtailAdminModelForm):
    """Of a row that the public sees as soon as it is saved, and of the rows edited inside it."""

    def is_valid(self) -> bool:
        return super().is_valid() and not (self.leads_out() and self.add_faults())

    def leads_out(self) -> bool:
        return True

    def add_faults(self) -> bool:
        """Whether there are any. A field that the form does not show is named above all fields."""
        judge = Judge(timezone.localdate())
        for form in (self, *self.forms_of_rows()):
            for name, error in faults_of_row(form.instance, judge).items():
                form.add_error(name if name in form.fields else None, error)
        return any(form.errors for form in (self, *self.forms_of_rows()))

    def forms_of_rows(self) -> Iterator[ModelForm]:
        """Not of comments, which stay inside."""
        for name, formset in self.formsets.items():
            gone = formset.deleted_forms
            if name != COMMENTS_RELATION_NAME:
                yield from (form for form in formset.forms if form not in gone)


class SectionsPageForm(GuardedForm, WagtailAdminPageForm):
    """A draft may hold anything, and an approver may send back a page with faults."""

    def leads_out(self) -> bool:
        """Wagtail defers what is required when it will only save a draft."""
        if self.is_deferred_validation:
            return False
        if any(self.data.get(name) for name in LEADS_OUT):
            return True
        if self.data.get("action-workflow-action"):
            return self.data.get("workflow-action-name") != "reject"
        return not self.data.get("action-cancel-workflow")
